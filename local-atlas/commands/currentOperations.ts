import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { CommandContext } from "./CommandContext.ts";

/** The commands that run now, as `currentOp` and `$currentOp` tell them. */
export function currentOperations(context: CommandContext): readonly BsonDocument[] {
  const now = performance.now();
  return context.running.all().map(({ id, name, namespace, connectionId, arrivedAt, appName }) => ({
    type: "op",
    host: context.address(),
    desc: `conn${connectionId}`,
    connectionId,
    ...(appName === null ? {} : { appName }),
    active: true,
    opid: id,
    op: "command",
    ns: namespace,
    command: { [name]: namespace.slice(namespace.indexOf(".") + 1) },
    secs_running: Math.floor((now - arrivedAt) / 1000),
    microsecs_running: Math.round((now - arrivedAt) * 1000),
    waitingForLock: false,
  }));
}
