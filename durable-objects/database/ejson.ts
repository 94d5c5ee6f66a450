import { BSON, type Document } from "mongodb";

import type { Ejson, EjsonDocument } from "../../protocol/changeEvent.ts";

/** BSON stops here: the driver's types become canonical Extended JSON, as in a change event. */
export function ejsonOf(document: Document): EjsonDocument {
  return BSON.EJSON.serialize(document, { relaxed: false }) as EjsonDocument;
}

/** The BSON value of an Extended JSON value. */
export function bsonOf(value: Ejson): unknown {
  return (BSON.EJSON.deserialize({ value }, { relaxed: false }) as { readonly value: unknown }).value;
}
