import type { Place } from "./reference.ts";

/** Whether an operation has every word that somebody looks for in its path, method or texts. */
export function matches({ method, path, operation }: Place, wanted: string): boolean {
  const { operationId, summary, description = "", tags } = operation;
  const text = [method, path, operationId, summary, description, ...tags].join(" ").toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
