import { type BsonDocument, encodeDocument, isDocument } from "./BsonDocument.ts";

/** A document that is put into an answer as the bytes it is stored as. */
export class RawDocument {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** An array of documents as bytes. */
export class RawArray {
  readonly items: readonly Uint8Array[];

  constructor(items: readonly Uint8Array[]) {
    this.items = items;
  }
}

const DOCUMENT_TYPE = 3;
const ARRAY_TYPE = 4;
const HEAD_SIZE = 4;
const TERMINATOR = Buffer.from([0]);

/** Writes a document whose fields, and whose documents' fields, may be raw. */
export function encodeWithRaw(document: BsonDocument): Buffer {
  return compose(Object.entries(document).map(([name, value]) => element(name, value)));
}

/** The elements of a BSON document, without its length and its end. */
export function elementsOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(HEAD_SIZE, bytes.length - TERMINATOR.length);
}

/** A document made of finished elements. */
export function compose(elements: readonly Uint8Array[]): Buffer {
  const size = elements.reduce((sum, bytes) => sum + bytes.length, HEAD_SIZE + TERMINATOR.length);
  const head = Buffer.alloc(HEAD_SIZE);
  head.writeInt32LE(size);
  return Buffer.concat([head, ...elements, TERMINATOR], size);
}

function element(name: string, value: unknown): Uint8Array {
  if (value instanceof RawDocument) return rawElement(DOCUMENT_TYPE, name, value.bytes);
  if (value instanceof RawArray) return rawElement(ARRAY_TYPE, name, composeArray(value.items));
  if (isDocument(value) && Object.values(value).some(isRaw)) {
    return rawElement(DOCUMENT_TYPE, name, encodeWithRaw(value));
  }
  return elementsOf(encodeDocument({ [name]: value }));
}

function composeArray(items: readonly Uint8Array[]): Buffer {
  return compose(items.map((item, index) => rawElement(DOCUMENT_TYPE, String(index), item)));
}

function rawElement(type: number, name: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), bytes]);
}

function isRaw(value: unknown): boolean {
  return value instanceof RawDocument || value instanceof RawArray;
}
