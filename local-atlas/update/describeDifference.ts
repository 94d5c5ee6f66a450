import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { sameValues } from "../bson/compareValues.ts";

interface Difference {
  readonly updatedFields: BsonDocument;
  readonly removedFields: string[];
  readonly truncatedArrays: BsonDocument[];
}

/** What a change event says of an update whose steps are not known: the difference, down to the fields that differ. */
export function describeDifference(before: BsonDocument, after: BsonDocument): BsonDocument {
  const difference: Difference = { updatedFields: {}, removedFields: [], truncatedArrays: [] };
  compareDocuments(before, after, "", difference);
  return { ...difference };
}

function compareDocuments(
  before: BsonDocument,
  after: BsonDocument,
  prefix: string,
  difference: Difference,
): void {
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) difference.removedFields.push(prefix + name);
  }
  for (const [name, value] of Object.entries(after)) {
    if (Object.hasOwn(before, name)) compareField(before[name], value, prefix + name, difference);
    else difference.updatedFields[prefix + name] = value;
  }
}

function compareField(before: unknown, after: unknown, path: string, difference: Difference): void {
  if (sameValues(before, after)) return;
  if (isDocument(before) && isDocument(after)) compareDocuments(before, after, `${path}.`, difference);
  else if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, path, difference);
  else difference.updatedFields[path] = after;
}

function compareArrays(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  difference: Difference,
): void {
  if (after.length < before.length) difference.truncatedArrays.push({ field: path, newSize: after.length });
  for (const [index, value] of after.entries()) {
    if (index < before.length) compareField(before[index], value, `${path}.${index}`, difference);
    else difference.updatedFields[`${path}.${index}`] = value;
  }
}
