import type { State } from "../stream/states.ts";
import { durationText } from "../store/durations.ts";
import type { WatchedStream } from "../store/WatchedStream.ts";
import { ConnectionDetails } from "./ConnectionDetails.tsx";

const WORDS: Readonly<Record<State, string>> = {
  idle: "Closed",
  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  offline: "Offline",
  paused: "Paused",
  "signed-out": "Signed out",
  revoked: "No longer yours",
  gone: "Not available",
};

/** Says whether what is shown is what is true: by a dot while it is, in words when it may not be. */
export function ConnectionBadge({ stream }: { readonly stream: WatchedStream }) {
  const state = stream.state.value;
  const silence = stream.silence.value;
  const isDoubted = state === "live" && silence !== null;
  const waits = state === "reconnecting" || state === "offline";
  return (
    <div class="connection">
      <p class="badge" role="status" aria-live="polite" data-state={isDoubted ? "doubted" : state}>
        {silence !== null && <Silent state={state} seconds={silence} />}
        {silence === null && <span class={state === "live" ? "visually-hidden" : ""}>{WORDS[state]}</span>}
      </p>
      {waits && (
        <button type="button" class="button quiet small" onClick={() => stream.resume()}>
          Try now
        </button>
      )}
      <ConnectionDetails stream={stream} />
    </div>
  );
}

/** A screen reader is told once that it is silent, and not again each second. */
function Silent({ state, seconds }: { readonly state: State; readonly seconds: number }) {
  return (
    <span>
      {state === "offline" ? "Offline, last heard " : "Last heard "}
      <span role="timer" aria-live="off">
        {durationText(seconds)}
      </span>{" "}
      ago
    </span>
  );
}
