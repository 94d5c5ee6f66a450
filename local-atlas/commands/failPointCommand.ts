import { z } from "zod";
import { CommandError } from "../errors/CommandError.ts";
import {
  failCommandSchema,
  failTransactionalWriteSchema,
  modeSchema,
} from "../failPoints/failPointSchema.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { document, parseArguments } from "./parseArguments.ts";

const schema = z.strictObject({
  configureFailPoint: z.string(),
  mode: modeSchema,
  data: document.optional(),
});

/** Makes commands go wrong on purpose, as the real server does with `enableTestCommands`. */
export const failPointCommand = defineCommand(
  { kind: "other", inTransaction: false },
  schema,
  (context, command) => configure(context, command),
);

function configure(context: CommandContext, command: z.infer<typeof schema>): CommandReply {
  if (context.database !== "admin") {
    throw new CommandError("Unauthorized", "configureFailPoint may only be run against the admin database.");
  }
  const { mode, data } = command;
  switch (command.configureFailPoint) {
    case "failCommand":
      return {
        count: context.failPoints.setCommand(
          mode,
          parseArguments(failCommandSchema, data ?? { failCommands: [] }),
        ),
      };
    case "onPrimaryTransactionalWrite":
      return {
        count: context.failPoints.setTransactionalWrite(
          mode,
          parseArguments(failTransactionalWriteSchema, data ?? {}),
        ),
      };
    default:
      throw new CommandError("FailPointSetFailed", `failpoint not found: ${command.configureFailPoint}`);
  }
}
