import { Binary } from "bson";
import { createHash } from "node:crypto";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { collectionStats, indexStats } from "./collectionStats.ts";
import type { CommandContext } from "./CommandContext.ts";
import { currentOperations } from "./currentOperations.ts";

/** The digest of the name of nobody: there are no users. */
const NO_USER = new Binary(createHash("sha256").digest());

type Source = (context: CommandContext, argument: unknown) => readonly BsonDocument[];

/** Stages of a pipeline on a collection that bring their own documents. */
const OF_COLLECTION: Readonly<
  Record<string, (context: CommandContext, name: string, argument: unknown) => readonly BsonDocument[]>
> = {
  $collStats: (context, name, argument) => [collectionStats(context, name, argument)],
  $indexStats: indexStats,
};

/** Stages of a pipeline on a database that bring their own documents. */
const OF_DATABASE: Readonly<Record<string, Source>> = {
  $listLocalSessions: (context) =>
    context.sessions.all().map(({ lsid, lastUse }) => ({
      _id: { ...lsid, uid: NO_USER },
      lastUse: new Date(lastUse),
    })),
  $currentOp: (context) => {
    if (context.database === "admin") return currentOperations(context);
    throw new CommandError(
      "InvalidNamespace",
      "$currentOp must be run against the 'admin' database with {aggregate: 1}",
    );
  },
};

/** The documents of a first stage that brings its own, else `null`. */
export function sourceStage(
  context: CommandContext,
  name: string | null,
  first: BsonDocument | undefined,
): readonly BsonDocument[] | null {
  const [entry] = Object.entries(first ?? {});
  if (entry === undefined) return null;
  const [stage, argument] = entry;
  if (stage === "$documents" && name === null) return null;
  if (name !== null && Object.hasOwn(OF_COLLECTION, stage))
    return OF_COLLECTION[stage]?.(context, name, argument) ?? null;
  if (!Object.hasOwn(OF_DATABASE, stage) && stage !== "$documents") return null;
  if (name === null) return OF_DATABASE[stage]?.(context, argument) ?? null;
  throw new CommandError(
    "InvalidNamespace",
    `${stage} must be run against the database, with {aggregate: 1}`,
  );
}
