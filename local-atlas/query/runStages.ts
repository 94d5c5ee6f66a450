import type { BsonDocument } from "../bson/BsonDocument.ts";
import { isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Variables } from "./compileFilter.ts";
import { MINGO_STAGES } from "./mingoStages.ts";
import { NATIVE_STAGES } from "./nativeStages.ts";

/** What stages may know beside the documents. */
export interface StageContext {
  /** Milliseconds since 1970: `$$NOW`. */
  readonly now: number;
  /** `let` of the command. */
  readonly variables?: Variables;
  /** All documents of another collection of the database, for `$lookup` and its like. */
  readonly collection?: (name: string) => readonly BsonDocument[];
}

/** One stage: documents in, documents out. */
export type Stage = (
  documents: readonly BsonDocument[],
  argument: unknown,
  context: StageContext,
) => readonly BsonDocument[];

const KNOWN_UNSUPPORTED = new Set([
  "$bucketAuto",
  "$merge",
  "$out",
  "$geoNear",
  "$search",
  "$searchMeta",
  "$vectorSearch",
  "$listSessions",
  "$listLocalSessions",
  "$planCacheStats",
  "$changeStreamSplitLargeEvent",
]);

/** Runs a pipeline over documents. Throws the server's error for a stage that does not exist or that we do not have. */
export function runStages(
  documents: readonly BsonDocument[],
  stages: readonly BsonDocument[],
  context: StageContext,
): readonly BsonDocument[] {
  return stages.reduce<readonly BsonDocument[]>((input, stage) => {
    const [name, argument] = checkStage(stage);
    return findStage(name)(input, argument, context);
  }, documents);
}

/** The name and argument of a stage; throws when it is none. */
export function checkStage(stage: unknown): readonly [string, unknown] {
  const entries = isDocument(stage) ? Object.entries(stage) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) {
    throw new CommandError(
      "MalformedStage",
      "A pipeline stage specification object must contain exactly one field.",
    );
  }
  findStage(entry[0]);
  return entry;
}

function findStage(name: string): Stage {
  if (Object.hasOwn(NATIVE_STAGES, name)) return NATIVE_STAGES[name] ?? unknownStage(name);
  if (Object.hasOwn(MINGO_STAGES, name)) return MINGO_STAGES[name] ?? unknownStage(name);
  return unknownStage(name);
}

function unknownStage(name: string): never {
  if (KNOWN_UNSUPPORTED.has(name)) {
    throw new CommandError("CommandNotSupported", `${name} is not supported by this server`);
  }
  throw new CommandError("UnknownStage", `Unrecognized pipeline stage name: '${name}'`);
}
