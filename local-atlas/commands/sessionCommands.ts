import { Binary } from "bson";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { CommandError } from "../errors/CommandError.ts";
import { anything } from "./parseArguments.ts";

const COMMIT = { kind: "other", inTransaction: true, endsTransaction: "commit" } as const;
const ABORT = { kind: "other", inTransaction: true, endsTransaction: "abort" } as const;
const OTHER = { kind: "other", inTransaction: false } as const;

const sessions = z.array(z.object({ id: z.custom<Binary>((value) => value instanceof Binary, "binData") }));
const recoveryToken = anything.optional();

/** Sessions and the ends of transactions. */
export const SESSION_COMMANDS: Readonly<Record<string, Command>> = {
  commitTransaction: defineCommand(
    COMMIT,
    z.strictObject({ commitTransaction: anything, recoveryToken }),
    (context) => commitTransaction(context),
  ),
  abortTransaction: defineCommand(
    ABORT,
    z.strictObject({ abortTransaction: anything, recoveryToken }),
    (context) => abortTransaction(context),
  ),
  startSession: defineCommand(OTHER, z.strictObject({ startSession: anything }), () => ({
    id: { id: newSessionId() },
    timeoutMinutes: 30,
  })),
  refreshSessions: defineCommand(OTHER, z.strictObject({ refreshSessions: sessions }), () => ({})),
  endSessions: defineCommand(OTHER, z.strictObject({ endSessions: sessions }), (context, { endSessions }) => {
    for (const { id } of endSessions) endSession(context, id.toString("hex"));
    return {};
  }),
  killAllSessions: defineCommand(OTHER, z.strictObject({ killAllSessions: z.array(anything) }), (context) => {
    for (const { id } of context.sessions.all()) endSession(context, id);
    return {};
  }),
  killSessions: defineCommand(
    OTHER,
    z.strictObject({ killSessions: sessions }),
    (context, { killSessions }) => {
      for (const { id } of killSessions) endSession(context, id.toString("hex"));
      return {};
    },
  ),
};

function commitTransaction(context: CommandContext): CommandReply {
  const { session, txnNumber } = namesOf(context);
  context.transactions.commit(session.id, txnNumber.value, {
    lsid: session.lsid,
    txnNumber: txnNumber.sent,
  });
  return {};
}

function abortTransaction(context: CommandContext): CommandReply {
  const { session, txnNumber } = namesOf(context);
  context.transactions.abort(session.id, txnNumber.value);
  return {};
}

function namesOf({ session, txnNumber }: CommandContext): {
  readonly session: NonNullable<CommandContext["session"]>;
  readonly txnNumber: NonNullable<CommandContext["txnNumber"]>;
} {
  if (session !== null && txnNumber !== null) return { session, txnNumber };
  throw new CommandError("InvalidOptions", "the end of a transaction needs a session and a txnNumber");
}

function endSession(context: CommandContext, session: string): void {
  context.sessions.forget(session);
  context.transactions.endSession(session);
  context.cursors.closeSession(session);
}

function newSessionId(): Binary {
  return new Binary(randomBytes(16), Binary.SUBTYPE_UUID);
}
