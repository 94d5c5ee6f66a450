import type { Document } from "mongodb";
import { setTimeout as sleep } from "node:timers/promises";
import { createEntities } from "../createEntities.ts";
import { matchEvent } from "../matchEvents.ts";
import { Mismatch, Unsupported } from "../Mismatch.ts";
import { entitiesSchema, operationSchema } from "../testFile.ts";
import type { RunnerContext } from "./RunnerContext.ts";

type RunnerOperation = (context: RunnerContext, args: Document) => Promise<void>;

const EVENT_WAIT_MS = 10_000;

/** What the format asks the runner itself to do. */
export const RUNNER_OPERATIONS: Readonly<Record<string, RunnerOperation>> = {
  createEntities: ({ entities, uri }, args) =>
    createEntities(entities, entitiesSchema.parse(args["entities"]), uri),
  failPoint: setFailPoint,
  targetedFailPoint: () => Promise.reject(new Unsupported("needs a session pinned to a mongos")),
  loop: () => Promise.reject(new Unsupported("is a workload without an end")),
  runOnThread: ({ entities, run }, { thread, operation }) => {
    const step = operationSchema.parse(operation);
    entities.get("thread", thread).run(() => run(step));
    return Promise.resolve();
  },
  waitForThread: ({ entities }, { thread }) => entities.get("thread", thread).finish(),
  waitForEvent: ({ entities }, { client, event, count }) =>
    entities
      .get("client", client)
      .waitFor((seen) => matchEvent(event, seen, entities), Number(count), EVENT_WAIT_MS),
  wait: async (_context, { ms }) => {
    await sleep(Number(ms));
  },
  recordTopologyDescription: ({ entities }, { client, id }) => {
    entities.addValue(id, topologyType(entities, client));
    return Promise.resolve();
  },
  assertTopologyType: ({ entities }, { topologyDescription, topologyType: wanted }) => {
    const actual = entities.value(topologyDescription);
    if (actual !== wanted) throw new Mismatch(`the topology must be ${wanted}, not ${String(actual)}`);
    return Promise.resolve();
  },
  waitForPrimaryChange: () => Promise.reject(new Unsupported("needs a second member")),
};

/** Sets a fail point by the client that the test names, and unsets it when the test is over. */
async function setFailPoint(
  { entities, afterwards, internal }: RunnerContext,
  { client, failPoint }: Document,
): Promise<void> {
  await entities.get("client", client).client.db("admin").command(failPoint);
  afterwards.push(() =>
    internal.db("admin").command({ configureFailPoint: failPoint.configureFailPoint, mode: "off" }),
  );
}

function topologyType(entities: RunnerContext["entities"], client: string): unknown {
  const last = entities
    .get("client", client)
    .events.findLast(({ name }) => name === "topologyDescriptionChangedEvent")?.event;
  if (last === undefined || !("newDescription" in last)) throw new Mismatch("no topology was seen");
  return (last.newDescription as Document)["type"];
}
