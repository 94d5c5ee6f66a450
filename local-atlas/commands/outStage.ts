import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import type { CommandContext } from "./CommandContext.ts";
import { collectionName, databaseName, parseArguments } from "./parseArguments.ts";
import { renameCollection } from "./renameCollection.ts";
import { validateDocument } from "../validation/validateDocument.ts";
import { versionOf } from "./versionOf.ts";

const target = z.strictObject({ db: databaseName, coll: collectionName });

/** The collection that `$out` makes or replaces. */
export interface OutTarget {
  readonly database: string;
  readonly name: string;
}

/** Reads the argument of `$out`: a name, or `{db, coll}`. */
export function parseOut(context: CommandContext, argument: unknown): OutTarget {
  if (typeof argument === "string") {
    return { database: context.database, name: parseName(argument) };
  }
  if (!isDocument(argument))
    throw new CommandError("OutNeedsName", "$out only supports a string or object argument");
  const { db, coll } = parseArguments(target, argument, "$out");
  return { database: db, name: coll };
}

function parseName(name: string): string {
  return parseArguments(z.strictObject({ $out: collectionName }), { $out: name }).$out;
}

/**
 * Puts documents in the place of all that a collection held; its options and indexes stay. As the server does it, and as
 * change streams are told: a temporary collection is filled, then it takes the name.
 */
export function writeOut(
  context: CommandContext,
  { database, name }: OutTarget,
  documents: readonly BsonDocument[],
): void {
  const { store, locks } = context;
  store.change(() => {
    const old = store.catalog.find(database, name);
    const moment = () => ({ time: store.clock.next(), position: 0 });
    const writer = new DirectWriter(store, moment, locks.check);
    const temporary = `tmp.agg_out.${randomUUID()}`;
    const made = writer.createCollection(database, temporary, old?.options ?? {});
    for (const { spec, name: indexName } of old?.indexes ?? [])
      writer.createIndex(made, { ...spec, name: indexName });
    const collection = store.catalog.find(database, temporary) ?? made;
    for (const document of documents) {
      const version = versionOf(document);
      validateDocument(collection, version.document, null);
      writer.insert(collection, version);
    }
    renameCollection(store, collection, { database, name });
  });
}
