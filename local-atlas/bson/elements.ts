import { onDemand } from "bson";
import { encodeDocument } from "./BsonDocument.ts";
import { elementsOf } from "./rawBson.ts";

/** One field of a document as its bytes: type, name and value. */
export interface Element {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The fields of a document in their order, which a JavaScript object would not keep for names like `2`. */
export function readElements(document: Uint8Array): readonly Element[] {
  return [...onDemand.parseToElements(document)].map(([, nameOffset, nameLength, offset, length]) => ({
    name: Buffer.from(document.subarray(nameOffset, nameOffset + nameLength)).toString("utf8"),
    bytes: document.subarray(nameOffset - 1, offset + length),
  }));
}

/** The bytes of one field. */
export function encodeElement(name: string, value: unknown): Uint8Array {
  return elementsOf(encodeDocument({ [name]: value }));
}
