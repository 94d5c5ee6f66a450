import type { Viewer } from "../../protocol/streamEvents.ts";
import { isViewer } from "./eventData.ts";
import { readHealth, type Health } from "./health.ts";
import type { HeldCopy } from "./HeldItems.ts";
import { receivedEvent, type ReceivedEvent } from "./receivedEvent.ts";
import { STATES, type State } from "./states.ts";

/** What a tab without the lead says. */
export type FollowerMessage =
  /** Is anybody leading? This is what I hold; send me the whole if it is not what you hold. */
  | { readonly kind: "hello"; readonly cursor: string | null; readonly hash: string }
  /** The user signed in here, or wants it to try now. */
  | { readonly kind: "resume" };

/** What the leader says. `term` is greater with every change of the lead, so that nobody heeds one who lost it. */
export type LeaderMessage = { readonly term: number } & (
  | /** How the connection is, and what the leader holds. */
    {
      readonly kind: "status";
      readonly state: State;
      readonly health: Health;
      readonly cursor: string | null;
      readonly hash: string;
    }
  /** The server sent something. */
  | { readonly kind: "event"; readonly event: ReceivedEvent }
  /** All that the leader knows. */
  | {
      readonly kind: "whole";
      readonly state: State;
      readonly health: Health;
      readonly held: HeldCopy;
      readonly viewers: readonly Viewer[];
    }
);

/** What the tabs of one stream say to each other. */
export type TabMessage = FollowerMessage | LeaderMessage;

/** Reads what another tab (maybe of another release of the page) said; `null` for what this one does not know. */
export function readTabMessage(value: unknown): TabMessage | null {
  const message = fieldsOf(value);
  switch (message["kind"]) {
    case "hello":
      return isCursor(message["cursor"]) && typeof message["hash"] === "string"
        ? { kind: "hello", cursor: message["cursor"], hash: message["hash"] }
        : null;
    case "resume":
      return { kind: "resume" };
    default:
      return leaderMessage(message);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function leaderMessage(message: Fields): LeaderMessage | null {
  const { kind, term } = message;
  if (typeof term !== "number") return null;
  if (kind === "event") return eventMessage(term, fieldsOf(message["event"]));
  const state = STATES.find((known) => known === message["state"]);
  if (state === undefined) return null;
  if (kind === "status") return statusMessage(term, state, message);
  if (kind === "whole") return wholeMessage(term, state, message);
  return null;
}

function eventMessage(term: number, { event: name, data, id }: Fields): LeaderMessage | null {
  const event = typeof data === "string" ? receivedEvent(name, data, id) : null;
  return event && { kind: "event", term, event };
}

function statusMessage(term: number, state: State, fields: Fields): LeaderMessage | null {
  const { cursor, hash } = fields;
  if (!isCursor(cursor) || typeof hash !== "string") return null;
  return { kind: "status", term, state, health: readHealth(fields["health"]), cursor, hash };
}

function wholeMessage(term: number, state: State, { held, viewers, health }: Fields): LeaderMessage | null {
  const copy = heldCopy(fieldsOf(held));
  if (!copy || !Array.isArray(viewers)) return null;
  return {
    kind: "whole",
    term,
    state,
    health: readHealth(health),
    held: copy,
    viewers: viewers.filter(isViewer),
  };
}

function heldCopy({ cursor, texts, replaying, unconfirmed }: Fields): HeldCopy | null {
  if (!isCursor(cursor) || !isTexts(texts) || !isTexts(unconfirmed)) return null;
  return { cursor, texts, replaying: replaying === true, unconfirmed };
}

function isCursor(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" ? { ...value } : {};
}
