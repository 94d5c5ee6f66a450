import { aggregateCommand } from "./aggregateCommand.ts";
import { COLLECTION_COMMANDS } from "./collectionCommands.ts";
import type { Command } from "./Command.ts";
import { countCommand } from "./countCommand.ts";
import { CURSOR_COMMANDS } from "./cursorCommands.ts";
import { deleteCommand } from "./deleteCommand.ts";
import { distinctCommand } from "./distinctCommand.ts";
import { explainCommand } from "./explainCommand.ts";
import { failPointCommand } from "./failPointCommand.ts";
import { findCommand } from "./findCommand.ts";
import { findAndModifyCommand } from "./findAndModifyCommand.ts";
import { HANDSHAKE_COMMANDS } from "./handshakeCommands.ts";
import { INDEX_COMMANDS } from "./indexCommands.ts";
import { insertCommand } from "./insertCommand.ts";
import { OPERATION_COMMANDS } from "./operationCommands.ts";
import { SESSION_COMMANDS } from "./sessionCommands.ts";
import { STATISTICS_COMMANDS } from "./statisticsCommands.ts";
import { updateCommand } from "./updateCommand.ts";

/** Every command that this server has. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...HANDSHAKE_COMMANDS,
  ...CURSOR_COMMANDS,
  ...INDEX_COMMANDS,
  ...COLLECTION_COMMANDS,
  ...SESSION_COMMANDS,
  ...STATISTICS_COMMANDS,
  ...OPERATION_COMMANDS,
  find: findCommand,
  count: countCommand,
  distinct: distinctCommand,
  aggregate: aggregateCommand,
  insert: insertCommand,
  update: updateCommand,
  delete: deleteCommand,
  findAndModify: findAndModifyCommand,
  explain: explainCommand,
  configureFailPoint: failPointCommand,
};

/** Commands that the real server has and we have not. */
export const UNSUPPORTED_COMMANDS: ReadonlySet<string> = new Set([
  "bulkWrite",
  "convertToCapped",
  "compact",
  "createUser",
  "fsync",
  "mapReduce",
  "reIndex",
  "setFeatureCompatibilityVersion",
  "setParameter",
  "shutdown",
  "usersInfo",
]);
