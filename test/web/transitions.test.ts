import { expect, test } from "vitest";
import { EVENTS, STATES, type Effect, type Event, type State } from "../../web/stream/states.ts";
import { TRANSITIONS } from "../../web/stream/transitions.ts";

/** States in which a connection is open, being opened or about to be. */
const TRYING: ReadonlySet<State> = new Set(["connecting", "live", "reconnecting", "deleted"]);

/** States that the server ended for good. */
const ENDED: readonly State[] = ["signed-out", "revoked", "gone"];

/** Every cell that does something; all others leave the state as it is. */
const EXPECTED: Readonly<Record<State, Partial<Record<Event, readonly [State, Effect]>>>> = {
  idle: { start: ["connecting", "open"] },
  connecting: { ...trying(), "caught-up": ["live", "none"], dropped: ["reconnecting", "retry"] },
  live: { ...trying(), dropped: ["reconnecting", "retry"] },
  reconnecting: {
    ...trying(),
    "caught-up": ["live", "none"],
    dropped: ["reconnecting", "retry"],
    "went-online": ["reconnecting", "open"],
    resume: ["reconnecting", "open"],
  },
  offline: {
    stop: ["idle", "close"],
    "went-online": ["reconnecting", "open"],
    resume: ["reconnecting", "open"],
    pause: ["paused", "none"],
  },
  paused: { stop: ["idle", "close"], unpause: ["reconnecting", "open"], resume: ["reconnecting", "open"] },
  "signed-out": { stop: ["idle", "close"], resume: ["connecting", "open"] },
  revoked: { stop: ["idle", "close"], resume: ["connecting", "open"] },
  deleted: {
    ...trying(),
    removed: ["deleted", "none"],
    restored: ["live", "none"],
    "not-found": ["deleted", "close"],
    dropped: ["deleted", "retry"],
    resume: ["deleted", "open"],
  },
  gone: { stop: ["idle", "close"], resume: ["connecting", "open"] },
};

function trying(): Partial<Record<Event, readonly [State, Effect]>> {
  return {
    stop: ["idle", "close"],
    pause: ["paused", "close"],
    "went-offline": ["offline", "close"],
    "session-ended": ["signed-out", "close"],
    "access-ended": ["revoked", "close"],
    "not-found": ["gone", "close"],
    removed: ["deleted", "none"],
  };
}

test.each(STATES)("a stream that is %s knows what to do on every event", (state) => {
  for (const event of EVENTS) {
    const [to, effect] = EXPECTED[state][event] ?? [state, "none"];
    expect(TRANSITIONS[state][event], event).toEqual({ to, effect });
  }
});

test.each(STATES)("no event leaves a stream that is %s with a connection it should not have", (state) => {
  for (const event of EVENTS) {
    const { to, effect } = TRANSITIONS[state][event];
    if (TRYING.has(state) && !TRYING.has(to)) expect(effect, event).toBe("close");
    if (!TRYING.has(state) && TRYING.has(to)) expect(effect, event).toBe("open");
    if (!TRYING.has(to)) expect(["none", "close"], event).toContain(effect);
  }
});

test("every state can be reached, and from every state the page can stop", () => {
  const reached = new Set<State>(["idle"]);
  for (const state of reached) for (const event of EVENTS) reached.add(TRANSITIONS[state][event].to);
  expect([...reached].toSorted()).toEqual([...STATES].toSorted());
  for (const state of STATES) expect(TRANSITIONS[state].stop.to).toBe("idle");
});

test("what the server ended is opened again by nothing but the user", () => {
  for (const state of ENDED) {
    const leaving = EVENTS.filter((event) => TRANSITIONS[state][event].to !== state);
    expect(leaving).toEqual(["resume", "stop"]);
  }
});
