import type { Stream } from "./Stream.ts";
import { usedFields } from "./usedFields.ts";

/**
 * Top-level fields of a stream's documents that need not leave the database: no view shows them, and no part of the
 * declaration looks at them. None where the stream names the fields that it sends.
 */
export function sparedFields(stream: Stream): readonly string[] {
  if (stream.fields) return [];
  const used = new Set(usedFields(stream).map(([, field]) => field.split(".")[0]));
  return stream.hidden.filter((field) => !field.includes(".") && !used.has(field));
}
