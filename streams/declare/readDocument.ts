import type { EjsonDocument } from "../../protocol/changeEvent.ts";
import type { Filter } from "../../protocol/filter.ts";
import type { Access } from "../../protocol/update.ts";
import { wireDocument, type WireDocument } from "../../protocol/wireJson.ts";
import { compileFilter, fieldsOf, type Predicate } from "./compileFilter.ts";
import { itemIdOf } from "./keys.ts";
import { accessOf } from "./readers.ts";
import type { Stream } from "./Stream.ts";
import { keyOf } from "./topics.ts";
import { withoutFields } from "./views.ts";

/** A document as an item of a stream. */
export interface Item {
  readonly id: string;
  /** The key of its topic. */
  readonly key: string;
  /** Wire JSON. */
  readonly data: string;
  readonly access: Access;
}

const predicates = new WeakMap<Stream, Predicate>();

/**
 * Reads a document as an item of a stream; `null` when it does not belong to any of its topics. Change events and reads
 * both pass here, so that equal documents become equal text.
 */
export function readDocument(stream: Stream, document: EjsonDocument): Item | null {
  const id = itemIdOf(document["_id"]);
  const key = id === null ? null : keyOf(stream.topic, document);
  if (id === null || key === null) return null;
  const wire = wireDocument(document);
  if (!belongs(stream, wire)) return null;
  const data = JSON.stringify(withoutFields(sentFields(stream, wire), stream.hidden));
  return { id, key, data, access: accessOf(stream, document) };
}

/**
 * The fields by which a stream's `where` leaves a document out; none for one that belongs. Of an `$or`, all that it asks.
 */
export function fieldsLeftOut({ where }: Pick<Stream, "where">, wire: WireDocument): readonly string[] {
  const parts = Object.entries(where ?? {}).map(([name, condition]): Filter => ({ [name]: condition }));
  const failed = parts.filter((part) => !compileFilter(part)(wire));
  return [...new Set(failed.flatMap(fieldsOf))];
}

function belongs(stream: Stream, wire: WireDocument): boolean {
  if (!stream.where) return true;
  const predicate = predicates.get(stream) ?? compileFilter(stream.where);
  predicates.set(stream, predicate);
  return predicate(wire);
}

/** An event may hold more than what was asked for: an older trigger, or another publisher. */
function sentFields({ fields }: Stream, wire: WireDocument): WireDocument {
  if (!fields) return wire;
  return Object.fromEntries(Object.entries(wire).filter(([name]) => name === "_id" || fields.includes(name)));
}
