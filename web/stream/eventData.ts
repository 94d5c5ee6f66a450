import type { Ping, Viewer } from "../../protocol/streamEvents.ts";

/** Reads a heartbeat; what is missing or odd stays out. */
export function readPing(text: string): Partial<Ping> {
  const { at, id, hash } = readObject(text);
  return {
    ...(typeof at === "string" ? { at } : {}),
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof hash === "string" ? { hash } : {}),
  };
}

/** Reads who is watching; whoever has no name or id is left out. */
export function readViewers(text: string): readonly Viewer[] {
  const { viewers } = readObject(text);
  return Array.isArray(viewers) ? viewers.filter(isViewer).map(({ id, name }) => ({ id, name })) : [];
}

/** Why something ended; empty when it does not say. */
export function readReason(text: string): string {
  const { reason } = readObject(text);
  return typeof reason === "string" ? reason : "";
}

/** What an item is known by: the JSON of its `_id`, which may be of any type. `null` when the text is no document. */
export function itemKeyOf(text: string): string | null {
  const { _id } = readObject(text);
  return _id === undefined ? null : JSON.stringify(_id);
}

/** True for a person with an id and a name. */
export function isViewer(value: unknown): value is Viewer {
  if (value === null || typeof value !== "object" || !("id" in value) || !("name" in value)) return false;
  return typeof value.id === "string" && typeof value.name === "string";
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? { ...value } : {};
  } catch {
    return {};
  }
}
