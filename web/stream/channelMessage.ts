import { STATES, type State } from "./states.ts";
import { EVENT_NAMES, type Frame } from "./transport.ts";

/** What the tabs of one stream tell each other. */
export type ChannelMessage =
  /** A tab came and wants to know what the leader knows. */
  | { readonly kind: "hello" }
  /** The leader's connection changed. */
  | { readonly kind: "state"; readonly state: State }
  /** The leader received something. */
  | { readonly kind: "frame"; readonly frame: Frame }
  /** The user of another tab signed in, or asked to try now. */
  | { readonly kind: "resume" };

/** Reads what another tab (maybe of another release of the page) said; `null` for what this one does not know. */
export function readChannelMessage(value: unknown): ChannelMessage | null {
  if (value === null || typeof value !== "object" || !("kind" in value)) return null;
  if (value.kind === "hello" || value.kind === "resume") return { kind: value.kind };
  if (value.kind === "state" && "state" in value) return stateMessage(value.state);
  if (value.kind === "frame" && "frame" in value) return frameMessage(value.frame);
  return null;
}

function stateMessage(value: unknown): ChannelMessage | null {
  const state = STATES.find((known) => known === value);
  return state === undefined ? null : { kind: "state", state };
}

function frameMessage(value: unknown): ChannelMessage | null {
  if (value === null || typeof value !== "object" || !("event" in value) || !("data" in value)) return null;
  const event = EVENT_NAMES.find((name) => name === value.event);
  if (event === undefined || typeof value.data !== "string") return null;
  const id = "id" in value && typeof value.id === "string" ? { id: value.id } : {};
  return { kind: "frame", frame: { event, data: value.data, ...id } };
}
