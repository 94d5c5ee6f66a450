import { z } from "zod";
import { CommandError } from "../errors/CommandError.ts";
import { compileFilter } from "../query/compileFilter.ts";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { currentOperations } from "./currentOperations.ts";
import { anything, number } from "./parseArguments.ts";

const OTHER = { kind: "other", inTransaction: false } as const;
const OWN_FIELDS = new Set(["currentOp", "$all", "$ownOps", "$truncateOps"]);

/** What runs now, and ending it. */
export const OPERATION_COMMANDS: Readonly<Record<string, Command>> = {
  currentOp: defineCommand(OTHER, z.record(z.string(), anything), (context, fields) =>
    currentOp(context, fields),
  ),
  killOp: defineCommand(OTHER, z.strictObject({ killOp: anything, op: number }), (context, { op }) => {
    checkAdmin(context);
    context.running.kill(op);
    return { info: "attempting to kill op" };
  }),
};

/** Every field but its own is a condition for the operations to show. */
function currentOp(context: CommandContext, fields: BsonDocument): CommandReply {
  checkAdmin(context);
  const filter = Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN_FIELDS.has(name)));
  return { inprog: currentOperations(context).filter(compileFilter(filter)) };
}

function checkAdmin(context: CommandContext): void {
  if (context.database === "admin") return;
  throw new CommandError("Unauthorized", "this command may only be run against the admin database.");
}
