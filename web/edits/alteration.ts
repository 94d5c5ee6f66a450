import type { Work } from "./work.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** The fields that an edit changes, and what the user saw in them. */
export interface Alteration {
  readonly change: Fields;
  /** Not of fields of which it is not known. */
  readonly was: Fields;
}

/** What an edit changes of something that is there; `null` for one that adds or removes. */
export function alterationOf({ edit }: Work): Alteration | null {
  if (edit.kind !== "change") return null;
  const { change, seen } = edit;
  return { change, was: only(seen, Object.keys(change)) };
}

/** The same edit with other fields to change, and other fields seen. */
export function withAlteration(work: Work, { change, was }: Alteration): Work {
  if (work.edit.kind !== "change") return work;
  const seen = { ...without(work.edit.seen, work.edit.change), ...was };
  // Which fields they are, nobody but the edit itself says: their values come from it or from what is stored.
  return { ...work, edit: { ...work.edit, change, seen } } as Work;
}

/** Some of an object's fields. */
export function only(fields: object, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function without(fields: object, others: object): Fields {
  return only(
    fields,
    Object.keys(fields).filter((name) => !Object.hasOwn(others, name)),
  );
}
