import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type CollectionInfo, idIndexOf } from "../storage/collectionInfo.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { type Environment, withVariables } from "../expressions/Environment.ts";
import { environmentOf } from "./environmentOf.ts";
import { applyUpdate, parseUpdate, type UpdateResult } from "../update/applyUpdate.ts";
import { validateDocument } from "../validation/validateDocument.ts";
import type { CommandContext } from "./CommandContext.ts";
import { findDocuments } from "./findDocuments.ts";
import { collectionName, databaseName, document, documents, parseArguments } from "./parseArguments.ts";
import { versionOf } from "./versionOf.ts";

const schema = z.strictObject({
  into: z.union([collectionName, z.strictObject({ db: databaseName.optional(), coll: collectionName })]),
  on: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  let: document.optional(),
  whenMatched: z
    .union([z.enum(["replace", "keepExisting", "merge", "fail"]), documents], { error: "a known action" })
    .optional(),
  whenNotMatched: z.enum(["insert", "discard", "fail"]).optional(),
});

/** What `$merge` does, with its defaults filled in. */
export interface Merge {
  readonly database: string;
  readonly name: string;
  readonly on: readonly string[];
  readonly whenMatched: NonNullable<z.infer<typeof schema>["whenMatched"]>;
  readonly whenNotMatched: "insert" | "discard" | "fail";
  readonly variables: BsonDocument;
}

/** Reads the argument of `$merge`: a name, or all of it. */
export function parseMerge(context: CommandContext, argument: unknown): Merge {
  const given = typeof argument === "string" ? { into: argument } : argument;
  if (!isDocument(given))
    throw new CommandError("MergeNeedsObject", "$merge only supports a string or object argument");
  const merge = parseArguments(schema, given, "$merge");
  const into = typeof merge.into === "string" ? { db: undefined, coll: merge.into } : merge.into;
  return {
    database: into.db ?? context.database,
    name: into.coll,
    on: typeof merge.on === "string" ? [merge.on] : (merge.on ?? ["_id"]),
    whenMatched: merge.whenMatched ?? "merge",
    whenNotMatched: merge.whenNotMatched ?? "insert",
    variables: merge.let ?? {},
  };
}

/** Merges documents into a collection, all of them or none. */
export function writeMerge(context: CommandContext, merge: Merge, results: readonly BsonDocument[]): void {
  const { store, locks } = context;
  store.change(() => {
    const moment = () => ({ time: store.clock.next(), position: 0 });
    const writer = new DirectWriter(store, moment, locks.check);
    const collection = writer.ensureCollection(merge.database, merge.name);
    checkOn(collection, merge.on);
    for (const result of results)
      mergeOne({ ...context, view: store.current, writer }, collection, merge, result);
  });
}

/** One document must be meant by the fields: there must be a unique index on them. */
function checkOn(collection: CollectionInfo, on: readonly string[]): void {
  const wanted = on.toSorted().join("\0");
  const isUnique = [idIndexOf(collection), ...collection.indexes].some(
    ({ unique, partial, fields }) =>
      unique &&
      partial === null &&
      fields
        .map(({ path }) => path)
        .toSorted()
        .join("\0") === wanted,
  );
  if (!isUnique) {
    throw new CommandError(
      "MergeNeedsUniqueIndex",
      "Cannot find index to verify that join fields will be unique",
    );
  }
}

function mergeOne(
  context: CommandContext,
  collection: CollectionInfo,
  merge: Merge,
  result: BsonDocument,
): void {
  const version = versionOf(result);
  const [before] = findDocuments(context, collection, {
    filter: filterOf(merge.on, version.document),
    limit: 1,
  });
  if (before !== undefined) return whenMatched(context, collection, merge, before, version.document);
  if (merge.whenNotMatched === "discard") return;
  if (merge.whenNotMatched === "fail") {
    throw new CommandError(
      "MergeStageNoMatchingDocument",
      "$merge could not find a matching document in the target collection for at least one document in the source collection",
    );
  }
  validateDocument(collection, version.document, null);
  context.writer.insert(collection, version);
}

function filterOf(on: readonly string[], result: BsonDocument): BsonDocument {
  return Object.fromEntries(
    on.map((path) => {
      const value = valueAt(result, splitPath(path));
      if (value !== undefined && value !== null && !Array.isArray(value)) return [path, { $eq: value }];
      throw new CommandError(
        "MergeOnMissing",
        "$merge write error: 'on' field cannot be missing, null, undefined or an array",
      );
    }),
  );
}

function whenMatched(
  context: CommandContext,
  collection: CollectionInfo,
  merge: Merge,
  before: StoredDocument,
  result: BsonDocument,
): void {
  if (merge.whenMatched === "keepExisting") return;
  if (merge.whenMatched === "fail")
    throw new CommandError("DuplicateKey", "$merge with whenMatched: fail found an existing document");
  const after = change(context, merge, before, result);
  if (after === null) return;
  validateDocument(collection, after.document, before.document);
  context.writer.update(collection, before, after, after.change);
}

function change(
  context: CommandContext,
  merge: Merge,
  before: StoredDocument,
  result: BsonDocument,
): UpdateResult | null {
  const { _id: id, ...fields } = result;
  const own = { _id: before.document["_id"] };
  const update = updateOf(merge, id === undefined ? fields : { ...own, ...fields });
  const environment = mergeEnvironment(context, merge, result);
  const paths = { filter: {}, arrayFilters: new Map(), environment };
  return applyUpdate(before, parseUpdate(update), paths, {
    isInsert: false,
    environment,
  });
}

/** `let` reads the document that is merged, which is `$$new` itself. */
function mergeEnvironment(context: CommandContext, { variables }: Merge, root: BsonDocument): Environment {
  const environment = environmentOf(context);
  const values = Object.entries(variables).map(
    ([name, value]) => [name, compileExpression(value, environment).evaluate({ root, bound: null })] as const,
  );
  return withVariables(environment, [["new", root], ...values]);
}

function updateOf({ whenMatched: action }: Merge, result: BsonDocument): unknown {
  if (typeof action !== "string") return action;
  if (action === "replace") return result;
  const { _id: _same, ...fields } = result;
  return Object.keys(fields).length === 0 ? [] : { $set: fields };
}
