import { Long } from "bson";
import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import type { Environment } from "../expressions/Environment.ts";
import type { Plan } from "../planning/planAccess.ts";
import { compileProjection } from "../projection/findProjection.ts";
import { hasKey, type IndexAccess } from "../storage/access.ts";
import { ID_INDEX } from "../storage/collectionInfo.ts";
import { indexEntries } from "../storage/indexKeys.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { encodeResult } from "./encodeResult.ts";
import type { FindArguments } from "./findArguments.ts";

/** What is answered of a document that was found. */
export type Show = (stored: StoredDocument) => Uint8Array;

/** Reads how a `find` wants its documents: as they are, in part, as keys of the index, with their record numbers. */
export function showFound(command: FindArguments, environment: Environment, plan: Plan | null): Show {
  const { projection = {}, filter = {}, returnKey, showRecordId } = command;
  if (returnKey === true)
    return (stored) => encodeDocument(withRecord(keyOf(plan, stored), stored, showRecordId));
  const project =
    Object.keys(projection).length === 0 ? null : compileProjection(projection, filter, environment);
  if (showRecordId === true)
    return (stored) => encodeResult(withRecord(project?.(stored.document) ?? stored.document, stored, true));
  return project === null ? ({ bytes }) => bytes : ({ document }) => encodeResult(project(document));
}

function withRecord(
  document: BsonDocument,
  { record }: StoredDocument,
  isShown: boolean | undefined,
): BsonDocument {
  if (isShown !== true) return document;
  return documentOf([...Object.entries(document), ["$recordId", Long.fromNumber(record)]]);
}

/** The key by which an index led to a document; nothing where no index did. */
function keyOf(plan: Plan | null, stored: StoredDocument): BsonDocument {
  if (plan?.access.by !== "index") return {};
  const { index } = plan.access;
  if (index.id === ID_INDEX.id) return { _id: stored.document["_id"] };
  const values = valuesOf(plan.access, stored);
  return documentOf(index.fields.map(({ path }, at) => [path, values[at] ?? null]));
}

function valuesOf({ index, ranges, direction }: IndexAccess, stored: StoredDocument): readonly unknown[] {
  const keys = indexEntries(index, stored.document).keys.filter(({ bytes }) => hasKey(ranges, bytes));
  const [first] = keys.toSorted((left, right) => Buffer.compare(left.bytes, right.bytes) * direction);
  return first?.values ?? [];
}
