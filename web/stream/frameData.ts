import type { Ping, StreamEvents, Viewer } from "../../protocol/streamEvents.ts";
import type { Frame } from "./transport.ts";

/** An event of a stream with its data read: a union over the names of `StreamEvents`. */
export type StreamEvent<Item> = {
  readonly [Name in keyof StreamEvents<Item>]: {
    readonly name: Name;
    readonly data: StreamEvents<Item>[Name];
  };
}[keyof StreamEvents<Item>];

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
function readViewers(text: string): readonly Viewer[] {
  const { viewers } = readObject(text);
  return Array.isArray(viewers) ? viewers.filter(isViewer).map(({ id, name }) => ({ id, name })) : [];
}

function isViewer(value: unknown): value is Viewer {
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

const RESET_REASONS = ["malformed", "unknown-epoch", "below-floor", "above-head", "new-epoch"] as const;
const REVOKED_REASONS = ["no-longer-a-member", "share-ended"] as const;
const REAUTH_REASONS = ["session-expired", "signed-out"] as const;
const BYE_REASONS = ["retired", "stalled", "silent"] as const;

/**
 * Reads the data of an event.
 * @param parse reads an item from its JSON value.
 * @throws SyntaxError when an item is not JSON; a reason that this release does not know becomes the first it does.
 */
export function readEvent<Item>(frame: Frame, parse: (value: unknown) => Item): StreamEvent<Item> {
  const { event: name, data } = frame;
  switch (name) {
    case "message":
      return { name, data: parse(JSON.parse(data)) };
    case "removed":
      return { name, data: { _id: String(readObject(data)["_id"] ?? "") } };
    case "reset":
      return { name, data: { reason: readReason(data, RESET_REASONS) } };
    case "live":
      return { name, data: {} };
    case "ping":
      return { name, data: { at: "", ...readPing(data) } };
    case "presence":
      return { name, data: { viewers: readViewers(data) } };
    case "revoked":
      return { name, data: { reason: readReason(data, REVOKED_REASONS) } };
    case "reauth":
      return { name, data: { reason: readReason(data, REAUTH_REASONS) } };
    case "bye":
      return { name, data: { reason: readReason(data, BYE_REASONS) } };
  }
}

function readReason<Reason extends string>(text: string, known: readonly [Reason, ...Reason[]]): Reason {
  const { reason } = readObject(text);
  return known.find((candidate) => candidate === reason) ?? known[0];
}
