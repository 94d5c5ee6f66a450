import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import type { CommandContext } from "./CommandContext.ts";
import { dropCollection } from "./dropCollection.ts";
import { collectionName, databaseName, parseArguments } from "./parseArguments.ts";
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
  const { db, coll } = parseArguments(target, argument);
  return { database: db, name: coll };
}

function parseName(name: string): string {
  return parseArguments(z.strictObject({ $out: collectionName }), { $out: name }).$out;
}

/** Puts documents in the place of all that a collection held; its options and indexes stay. */
export function writeOut(
  context: CommandContext,
  { database, name }: OutTarget,
  documents: readonly BsonDocument[],
): void {
  const { store, locks } = context;
  store.change(() => {
    const old = store.catalog.find(database, name);
    if (old !== null) dropCollection(store, old);
    const options = old?.options ?? {};
    const made = store.catalog.create(database, name, options, store.clock.next());
    for (const index of old?.indexes ?? []) store.catalog.addIndex(made, index.name, index.spec);
    const collection = store.catalog.find(database, name) ?? made;
    const moment = () => ({ time: store.clock.next(), position: 0 });
    const writer = new DirectWriter(store, moment, locks.check);
    for (const document of documents) {
      const version = versionOf(document);
      validateDocument(collection, version.document, null);
      writer.insert(collection, version);
    }
  });
}
