import { type Document, ObjectId } from "mongodb";

import type { Filter, FilterCondition } from "../../protocol/filter.ts";
import { isObjectId } from "../../protocol/objectId.ts";
import { sparedFields } from "../../streams/declare/sparedFields.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { either } from "./either.ts";

/** Operators with which text means text, whatever else the field may hold. */
const EXACT: ReadonlySet<string> = new Set(["$eq", "$ne", "$in", "$nin"]);

/** Finds the documents of a topic, and maybe some more: `readDocument` has the last word. */
export function topicFilter(stream: Stream, key: string): Document {
  const where = stream.where && meansTheSame(stream.where) ? [stream.where] : [];
  return { $and: [keyFilter(stream, key), ...where] };
}

/** What the documents of a topic hold in the field that names it. */
export function keyValues({ topic }: Stream, key: string): Document | string {
  if (topic.by === "everything") return {};
  return topic.key.name === "id" ? either(key) : key;
}

/** Only the fields that a stream sends. */
export function sentProjection(stream: Stream): Document {
  if (stream.fields) return Object.fromEntries(stream.fields.map((field) => [field, 1]));
  return Object.fromEntries(sparedFields(stream).map((field) => [field, 0]));
}

function keyFilter(stream: Stream, key: string): Document {
  const { topic } = stream;
  if (topic.by === "everything") return {};
  if (topic.by === "field") return { [topic.field]: keyValues(stream, key) };
  return { _id: topic.key.name === "id" ? new ObjectId(key) : key };
}

/**
 * Whether the database would find no fewer documents by a filter than it matches as plain JSON. Text could stand for an
 * id or a time there, which are text only on the wire.
 */
function meansTheSame(filter: Filter): boolean {
  return Object.entries(filter).every(([name, condition]) =>
    meansTheSameAt(condition, EXACT.has(name) || !name.startsWith("$")),
  );
}

function meansTheSameAt(condition: FilterCondition, isExact: boolean): boolean {
  if (typeof condition === "string")
    return isExact && !isObjectId(condition) && Number.isNaN(Date.parse(condition));
  if (Array.isArray(condition)) return condition.every((part) => meansTheSameAt(part, isExact));
  if (condition === null || typeof condition !== "object") return true;
  return meansTheSame(condition as Filter);
}
