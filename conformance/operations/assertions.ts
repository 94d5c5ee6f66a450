import { isDeepStrictEqual } from "node:util";
import type { Document, MongoClient } from "mongodb";
import { matchEvent } from "../matchEvents.ts";
import { Mismatch } from "../Mismatch.ts";
import type { RunnerContext } from "./RunnerContext.ts";

type Assertion = (context: RunnerContext, args: Document) => Promise<void> | void;

/** What the format asks the runner to check in the middle of a test. */
export const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  assertSessionTransactionState: ({ entities }, { session, state }) => {
    const actual = transactionState(entities.get("session", session));
    check(actual === state, `the transaction must be ${state}, not ${actual}`);
  },
  assertSessionPinned: ({ entities }, { session }) =>
    check(entities.get("session", session).isPinned, "the session must be pinned"),
  assertSessionUnpinned: ({ entities }, { session }) =>
    check(!entities.get("session", session).isPinned, "the session must not be pinned"),
  assertSessionDirty: ({ entities }, { session }) =>
    check(entities.get("session", session).serverSession.isDirty, "the session must be dirty"),
  assertSessionNotDirty: ({ entities }, { session }) =>
    check(!entities.get("session", session).serverSession.isDirty, "the session must not be dirty"),
  assertSameLsidOnLastTwoCommands: (context, { client }) =>
    check(hasSameSession(context, client), "the last two commands must be of one session"),
  assertDifferentLsidOnLastTwoCommands: (context, { client }) =>
    check(!hasSameSession(context, client), "the last two commands must be of two sessions"),
  assertCollectionExists: async ({ internal }, args) =>
    check(await hasCollection(internal, args), `the collection ${args["collectionName"]} must exist`),
  assertCollectionNotExists: async ({ internal }, args) =>
    check(!(await hasCollection(internal, args)), `the collection ${args["collectionName"]} must not exist`),
  assertIndexExists: async ({ internal }, args) =>
    check(await hasIndex(internal, args), `the index ${args["indexName"]} must exist`),
  assertIndexNotExists: async ({ internal }, args) =>
    check(!(await hasIndex(internal, args)), `the index ${args["indexName"]} must not exist`),
  assertNumberConnectionsCheckedOut: ({ entities }, { client, connections }) => {
    const names = entities.get("client", client).events.map(({ name }) => name);
    const out = names.filter((name) => name === "connectionCheckedOutEvent").length;
    const back = names.filter((name) => name === "connectionCheckedInEvent").length;
    check(out - back === connections, `${connections} connections must be in use, not ${out - back}`);
  },
  assertEventCount: ({ entities }, { client, event, count }) => {
    const events = entities.get("client", client).events.filter((seen) => matchEvent(event, seen, entities));
    check(events.length === count, `there must be ${count} such events, not ${events.length}`);
  },
};

function check(isSo: boolean, message: string): void {
  if (!isSo) throw new Mismatch(message);
}

const STATES: Readonly<Record<string, string>> = {
  NO_TRANSACTION: "none",
  STARTING_TRANSACTION: "starting",
  TRANSACTION_IN_PROGRESS: "in_progress",
  TRANSACTION_COMMITTED: "committed",
  TRANSACTION_COMMITTED_EMPTY: "committed",
  TRANSACTION_ABORTED: "aborted",
};

/** The driver does not publish it, so it is read by name. */
function transactionState(session: object): string {
  const transaction: unknown = "transaction" in session ? session.transaction : null;
  if (typeof transaction !== "object" || transaction === null || !("state" in transaction)) return "unknown";
  return STATES[String(transaction.state)] ?? String(transaction.state);
}

function hasSameSession({ entities }: RunnerContext, client: string): boolean {
  const [last, other] = entities
    .get("client", client)
    .started()
    .slice(-2)
    .map(({ event }) => ("command" in event ? (event.command as Document)["lsid"] : undefined));
  if (last === undefined || other === undefined) throw new Mismatch("the last two commands have no sessions");
  return isDeepStrictEqual(last, other);
}

async function hasCollection(client: MongoClient, args: Document): Promise<boolean> {
  const database = client.db(args["databaseName"]);
  return (await database.listCollections({ name: args["collectionName"] }).toArray()).length > 0;
}

async function hasIndex(client: MongoClient, args: Document): Promise<boolean> {
  if (!(await hasCollection(client, args))) return false;
  const collection = client.db(args["databaseName"]).collection(args["collectionName"]);
  return (await collection.indexes()).some(({ name }) => name === args["indexName"]);
}
