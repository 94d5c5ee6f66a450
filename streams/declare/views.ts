import type { WireDocument, WireValue } from "../../protocol/wireJson.ts";

/** What one kind of reader gets of a document: all but some fields, or what a function makes of it. */
export type View = { readonly omit: readonly string[] } | ((document: WireDocument) => WireDocument);

/** Everything but these fields, dotted; a path goes through lists. */
export function omit(...fields: readonly string[]): View {
  return { omit: fields };
}

/** The document as a view shows it; the whole one without a view. */
export function viewed(view: View | undefined, document: WireDocument): WireDocument {
  if (view === undefined) return document;
  return typeof view === "function" ? view(document) : withoutFields(document, view.omit);
}

/** A document without some fields. */
export function withoutFields(document: WireDocument, fields: readonly string[]): WireDocument {
  return fields.reduce((shown, field) => without(shown, field.split(".")) as WireDocument, document);
}

function without(value: WireValue, [name, ...rest]: readonly string[]): WireValue {
  if (name === undefined || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    return (value as readonly WireValue[]).map((member) => without(member, [name, ...rest]));
  }
  const { [name]: inner, ...others } = value as WireDocument;
  if (inner === undefined || rest.length === 0) return others;
  // The order of fields stays: equal documents must become equal text.
  return { ...(value as WireDocument), [name]: without(inner, rest) };
}
