import { Long } from "bson";
import { z } from "zod";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { checkTime } from "./checkTime.ts";
import { cursorReply } from "./cursorReply.ts";
import { anything, count } from "./parseArguments.ts";

const cursorId = z
  .custom<Long>(isNumeric, "long")
  .transform((id) => (Long.isLong(id) ? id : Long.fromNumber(toNumber(id))));

const getMoreSchema = z.strictObject({
  getMore: cursorId,
  collection: z.string(),
  batchSize: count.optional(),
  term: anything.optional(),
  lastKnownCommittedOpTime: anything.optional(),
});

const killCursorsSchema = z.strictObject({ killCursors: z.string(), cursors: z.array(cursorId) });

/** Going on with a result. */
export const CURSOR_COMMANDS: Readonly<Record<string, Command>> = {
  getMore: defineCommand({ kind: "read", inTransaction: true }, getMoreSchema, (context, command) =>
    getMore(context, command),
  ),
  killCursors: defineCommand({ kind: "other", inTransaction: true }, killCursorsSchema, (context, command) =>
    killCursors(context, command),
  ),
};

async function getMore(
  context: CommandContext,
  command: z.infer<typeof getMoreSchema>,
): Promise<CommandReply> {
  const namespace = `${context.database}.${command.collection}`;
  const session = context.session?.id ?? null;
  const batch = await context.cursors.use(command.getMore, namespace, session, async (cursor) => {
    if (context.maxTimeMS !== null && !cursor.waits)
      throw new CommandError(
        "BadValue",
        "cannot set maxTimeMS on getMore command for a non-awaitData cursor",
      );
    try {
      return await cursor.next({
        size: command.batchSize === 0 ? null : (command.batchSize ?? null),
        maxTimeMS: context.maxTimeMS,
        closed: context.closed,
        check: () => checkTime(context),
      });
    } catch (error) {
      // What has failed cannot be gone on with.
      context.cursors.close(command.getMore);
      throw error;
    }
  });
  if (batch.isLast) context.cursors.close(command.getMore);
  return cursorReply("nextBatch", namespace, batch.isLast ? Long.ZERO : command.getMore, batch);
}

function killCursors(context: CommandContext, command: z.infer<typeof killCursorsSchema>): CommandReply {
  if (command.cursors.length === 0) throw new CommandError("BadValue", "Must specify at least one cursor id");
  const killed = command.cursors.filter((id) => context.cursors.close(id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: command.cursors.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
}
