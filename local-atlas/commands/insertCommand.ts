import { Binary, ObjectId, Timestamp } from "bson";
import { z } from "zod";
import { type BsonDocument, decodeDocument, isDocument } from "../bson/BsonDocument.ts";
import { encodeElement, readElements } from "../bson/elements.ts";
import { compose } from "../bson/rawBson.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkStoredNesting } from "../errors/checkNesting.ts";
import { toTimestamp } from "../oplog/clusterTime.ts";
import type { NewVersion } from "../storage/Writer.ts";
import { MAX_BSON_SIZE } from "../wire/limits.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { collectionName } from "./parseArguments.ts";
import { validateDocument } from "../validation/validateDocument.ts";
import { ensureCollection } from "./views.ts";
import { runBatch, writeFields } from "./writeResults.ts";

const schema = z.strictObject({
  insert: collectionName,
  documents: z.array(
    z.custom<Uint8Array>((value) => value instanceof Uint8Array && !(value instanceof Binary), "object"),
  ),
  ...writeFields,
});

/** Inserts documents as they were sent. */
export const insertCommand = defineCommand(
  { kind: "write", inTransaction: true, retryable: true },
  schema,
  (context, command) => insert(context, command),
);

function insert(context: CommandContext, command: z.infer<typeof schema>): CommandReply {
  const collection = ensureCollection(context, command.insert);
  let inserted = 0;
  const errors = runBatch(context, command.documents, command.ordered ?? true, (bytes) => {
    const version = toVersion(context, bytes);
    if (command.bypassDocumentValidation !== true) validateDocument(collection, version.document, null);
    context.writer.insert(collection, version);
    inserted++;
  });
  return { n: inserted, ...(errors.length > 0 ? { writeErrors: errors } : {}) };
}

/** What the server does to a new document: an `_id` if it has none, and that first. All else stays as sent. */
function toVersion(context: CommandContext, sent: Uint8Array): NewVersion {
  const document = decodeDocument(sent);
  checkNewDocument(document, sent);
  const elements = readElements(sent);
  const changes = new Map(
    Object.entries(document).flatMap(([name, value]) =>
      isZeroTimestamp(value) ? [[name, toTimestamp(context.store.clock.latest)] as const] : [],
    ),
  );
  if (elements[0]?.name === "_id" && changes.size === 0) return { document, bytes: sent };
  const { _id: id = new ObjectId() } = document;
  const others = elements
    .filter(({ name }) => name !== "_id")
    .map(({ name, bytes }) => (changes.has(name) ? encodeElement(name, changes.get(name)) : bytes));
  const bytes = compose([encodeElement("_id", id), ...others]);
  return { document: decodeDocument(bytes), bytes };
}

/** Throws for a document that may not be stored. */
export function checkNewDocument(document: BsonDocument, bytes: Uint8Array): void {
  if (bytes.length > MAX_BSON_SIZE) {
    throw new CommandError(
      "BSONObjectTooLarge",
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_BSON_SIZE}`,
    );
  }
  checkStoredNesting(bytes);
  checkId(document["_id"]);
}

/** Throws for a value that may not be an `_id`. */
function checkId(id: unknown): void {
  if (Array.isArray(id)) throw new CommandError("BadValue", "The '_id' value cannot be of type array");
  const dollar = isDocument(id) ? Object.keys(id).find(isRefusedInId) : undefined;
  if (dollar !== undefined) {
    throw new CommandError(
      "DollarPrefixedFieldName",
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    );
  }
  if (id !== null && typeof id === "object" && "_bsontype" in id && id._bsontype === "BSONRegExp") {
    throw new CommandError("BadValue", "The '_id' value cannot be of type regex");
  }
}

const REFERENCE_FIELDS = new Set(["$ref", "$id", "$db"]);

/** A reference to a document may be an `_id`. */
function isRefusedInId(name: string): boolean {
  return name.startsWith("$") && !REFERENCE_FIELDS.has(name);
}

/** The server fills in an empty timestamp at the top level. */
function isZeroTimestamp(value: unknown): boolean {
  return value instanceof Timestamp && value.isZero();
}
