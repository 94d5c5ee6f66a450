import type { Ejson, EjsonDocument } from "../../protocol/changeEvent.ts";

/** The value at a dotted path of a document. Inside a list it is the list of what its members hold there. */
export function fieldAt(document: EjsonDocument, path: string): Ejson | undefined {
  return path.split(".").reduce<Ejson | undefined>(step, document);
}

function step(value: Ejson | undefined, name: string): Ejson | undefined {
  if (Array.isArray(value)) {
    return (value as readonly Ejson[]).flatMap((member) => step(member, name) ?? []);
  }
  if (value === null || typeof value !== "object") return undefined;
  const document = value as EjsonDocument;
  return Object.hasOwn(document, name) ? document[name] : undefined;
}
