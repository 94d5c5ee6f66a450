import { expect, test } from "vitest";
import { OCCURRENCES, STATES, type Effect, type Occurrence, type State } from "../../web/stream/states.ts";
import { TRANSITIONS } from "../../web/stream/transitions.ts";

/** States in which a connection is open, being opened or about to be. */
const TRYING: ReadonlySet<State> = new Set(["connecting", "live", "reconnecting", "offline"]);

/** States that the server ended for good. */
const ENDED: readonly State[] = ["signed-out", "revoked", "gone"];

/** Every cell that does something; all others leave the state as it is. */
const EXPECTED: Readonly<Record<State, Partial<Record<Occurrence, readonly [State, Effect]>>>> = {
  idle: { start: ["connecting", "open"] },
  connecting: trying(),
  live: { ...trying(), "went-offline": ["live", "check"] },
  reconnecting: {
    ...trying(),
    "went-offline": ["reconnecting", "open"],
    "went-online": ["reconnecting", "open"],
    resume: ["reconnecting", "open"],
  },
  offline: { ...trying(), "went-online": ["reconnecting", "open"], resume: ["reconnecting", "open"] },
  paused: { stop: ["idle", "close"], unpause: ["reconnecting", "open"], resume: ["reconnecting", "open"] },
  "signed-out": { stop: ["idle", "close"], resume: ["connecting", "open"] },
  revoked: { stop: ["idle", "close"], resume: ["connecting", "open"] },
  gone: { stop: ["idle", "close"], resume: ["connecting", "open"] },
};

function trying(): Partial<Record<Occurrence, readonly [State, Effect]>> {
  return {
    "caught-up": ["live", "none"],
    dropped: ["reconnecting", "retry"],
    unreachable: ["offline", "retry"],
    stop: ["idle", "close"],
    pause: ["paused", "close"],
    "session-ended": ["signed-out", "close"],
    "access-ended": ["revoked", "close"],
    "not-found": ["gone", "close"],
  };
}

test.each(STATES)("a stream that is %s knows what to do whatever happens", (state) => {
  for (const occurrence of OCCURRENCES) {
    const [to, effect] = EXPECTED[state][occurrence] ?? [state, "none"];
    expect(TRANSITIONS[state][occurrence], occurrence).toEqual({ to, effect });
  }
});

test.each(STATES)("nothing leaves a stream that is %s with a connection it should not have", (state) => {
  for (const occurrence of OCCURRENCES) {
    const { to, effect } = TRANSITIONS[state][occurrence];
    if (TRYING.has(state) && !TRYING.has(to)) expect(effect, occurrence).toBe("close");
    if (!TRYING.has(state) && TRYING.has(to)) expect(effect, occurrence).toBe("open");
    if (!TRYING.has(to)) expect(["none", "close"], occurrence).toContain(effect);
  }
});

test("every state can be reached, and from every state the page can stop", () => {
  const reached = new Set<State>(["idle"]);
  for (const state of reached)
    for (const occurrence of OCCURRENCES) reached.add(TRANSITIONS[state][occurrence].to);
  expect([...reached].toSorted()).toEqual([...STATES].toSorted());
  for (const state of STATES) expect(TRANSITIONS[state].stop.to).toBe("idle");
});

test("what the server ended is opened again by nothing but the user", () => {
  for (const state of ENDED) {
    const leaving = OCCURRENCES.filter((occurrence) => TRANSITIONS[state][occurrence].to !== state);
    expect(leaving).toEqual(["resume", "stop"]);
  }
});
