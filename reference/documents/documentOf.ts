import type * as z from "zod";

/** A type without its `readonly`s: a schema says nothing of who may write. */
type Writable<T> = T extends object ? { -readonly [Name in keyof T]: Writable<T[Name]> } : T;

/** Anything at all when both types are the same, and otherwise nothing. */
type IfSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? unknown : never;

/**
 * Ties the schema of a document to the document's type: it does not compile as long as a field is missing, one too many,
 * or different. Call it as `documentOf<Household>()(schema)`.
 */
export function documentOf<Document>() {
  return <Schema extends z.ZodType>(
    schema: Schema & IfSame<Writable<z.output<Schema>>, Writable<Document>>,
  ): Schema => schema;
}
