import type { AbstractCursor, ChangeStream } from "mongodb";
import { AbstractCursor as CursorClass, ChangeStream as ChangeStreamClass } from "mongodb";
import { driverArguments } from "./driverOptions.ts";
import type { Entities } from "./Entities.ts";
import { matchError } from "./matchError.ts";
import { matchValue } from "./matchValue.ts";
import { Mismatch, Unsupported } from "./Mismatch.ts";
import { ASSERTIONS } from "./operations/assertions.ts";
import { BUCKET_OPERATIONS } from "./operations/bucketOperations.ts";
import { CLIENT_OPERATIONS } from "./operations/clientOperations.ts";
import { COLLECTION_OPERATIONS } from "./operations/collectionOperations.ts";
import { CHANGE_STREAM_OPERATIONS, CURSOR_OPERATIONS } from "./operations/cursorOperations.ts";
import { DATABASE_OPERATIONS } from "./operations/databaseOperations.ts";
import type { OperationTable } from "./operations/OperationTable.ts";
import type { RunnerContext } from "./operations/RunnerContext.ts";
import { RUNNER_OPERATIONS } from "./operations/runnerOperations.ts";
import { SESSION_OPERATIONS } from "./operations/sessionOperations.ts";
import { type Operation, operationSchema } from "./testFile.ts";

type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** Runs one operation and checks what the test expects of it. Throws `Mismatch`, `Unsupported`, or what was thrown. */
export async function runOperation(context: RunnerContext, operation: Operation): Promise<void> {
  const outcome = await attempt(context, operation);
  if ("error" in outcome && (outcome.error instanceof Unsupported || outcome.error instanceof Mismatch))
    throw outcome.error;
  if (operation.ignoreResultAndError === true) return;
  if (operation.expectError !== undefined) {
    if ("result" in outcome) throw new Mismatch(`${operation.name} must fail`);
    return matchError(operation.expectError, outcome.error, context.entities);
  }
  if ("error" in outcome) throw outcome.error;
  if (operation.expectResult !== undefined) {
    const place = { path: `the result of ${operation.name}`, isRoot: true };
    matchValue(operation.expectResult, outcome.result, context.entities, place);
  }
  if (operation.saveResultAsEntity !== undefined)
    saveResult(context.entities, operation.saveResultAsEntity, outcome.result);
}

async function attempt(context: RunnerContext, operation: Operation): Promise<Outcome> {
  try {
    return { result: await call(context, operation) };
  } catch (error) {
    return { error };
  }
}

async function call(context: RunnerContext, operation: Operation): Promise<unknown> {
  if (operation.object === "testRunner") return callRunner(context, operation);
  const found = context.entities.find(operation.object);
  if (found === null) throw new Mismatch(`there is no entity named ${operation.object}`);
  const args = driverArguments(operation.arguments ?? {}, context.entities);
  switch (found.kind) {
    case "client":
      return callOn(CLIENT_OPERATIONS, found.entity, operation, args);
    case "database":
      return callOn(DATABASE_OPERATIONS, found.entity, operation, args);
    case "collection":
      return callOn(COLLECTION_OPERATIONS, found.entity, operation, args);
    case "bucket":
      return callOn(BUCKET_OPERATIONS, found.entity, operation, args);
    case "cursor":
      return callOn(CURSOR_OPERATIONS, found.entity, operation, args);
    case "changeStream":
      return callOn(CHANGE_STREAM_OPERATIONS, found.entity, operation, args);
    case "session":
      if (operation.name === "withTransaction") return withTransaction(context, operation);
      return callOn(SESSION_OPERATIONS, found.entity, operation, args);
    case "thread":
      throw new Mismatch("nothing can be called on a thread");
  }
}

function callOn<Target>(
  table: OperationTable<Target>,
  target: Target,
  operation: Operation,
  args: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const run = Object.hasOwn(table, operation.name) ? table[operation.name] : undefined;
  if (run === undefined) throw new Unsupported(`the driver has no ${operation.name}`);
  return run(target, { ...args });
}

async function callRunner(context: RunnerContext, { name, arguments: args = {} }: Operation): Promise<void> {
  const run = RUNNER_OPERATIONS[name] ?? ASSERTIONS[name];
  if (run === undefined) throw new Unsupported(`the runner has no ${name}`);
  await run(context, args);
}

async function withTransaction(
  context: RunnerContext,
  { object, arguments: args = {} }: Operation,
): Promise<void> {
  const { callback, ...options } = args;
  const steps = operationSchema.array().parse(callback);
  await context.entities.get("session", object).withTransaction(
    async () => {
      for (const step of steps) await context.run(step);
    },
    driverArguments(options, context.entities),
  );
}

function saveResult(entities: Entities, name: string, result: unknown): void {
  if (result instanceof ChangeStreamClass) return entities.add("changeStream", name, result as ChangeStream);
  if (result instanceof CursorClass) return entities.add("cursor", name, result as AbstractCursor);
  return entities.addValue(name, result);
}
