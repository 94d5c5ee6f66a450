import type { BsonDocument } from "../bson/BsonDocument.ts";
import { candidatesAt, splitPath, valuesAt } from "../bson/paths.ts";
import { keyMaker } from "../bson/valueKeys.ts";
import type { StringOrder } from "../bson/compareStrings.ts";

/** Documents by the values that they have at a path, for joins. */
export class JoinIndex {
  readonly #keyOf: (value: unknown) => string;
  readonly #byKey = new Map<string, BsonDocument[]>();
  readonly #places = new Map<BsonDocument, number>();

  readonly #parts: readonly string[];

  constructor(path: string, strings: StringOrder) {
    this.#parts = splitPath(path);
    this.#keyOf = keyMaker(strings);
  }

  add(document: BsonDocument): void {
    this.#places.set(document, this.#places.size);
    for (const value of candidatesAt(document, this.#parts)) this.#addValue(value, document);
  }

  /** The documents that have one of the values, in their own order. */
  find(values: readonly unknown[]): readonly BsonDocument[] {
    const [only] = values;
    if (values.length === 1) return this.#byKey.get(this.#keyOf(only ?? null)) ?? [];
    const found = new Set(values.flatMap((value) => this.#byKey.get(this.#keyOf(value ?? null)) ?? []));
    return [...found].toSorted((left, right) => this.#placeOf(left) - this.#placeOf(right));
  }

  #placeOf(document: BsonDocument): number {
    return this.#places.get(document) ?? 0;
  }

  #addValue(value: unknown, document: BsonDocument): void {
    const key = this.#keyOf(value ?? null);
    const known = this.#byKey.get(key);
    if (known === undefined) this.#byKey.set(key, [document]);
    else if (known.at(-1) !== document) known.push(document);
  }
}

/** The values that a document refers to others by: of an array its elements, none where the field is missing. */
export function valuesOfField(document: BsonDocument, path: string): readonly unknown[] {
  return valuesAt(document, splitPath(path))
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => value !== undefined);
}
