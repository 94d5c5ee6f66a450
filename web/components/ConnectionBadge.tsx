import type { State } from "../stream/states.ts";

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

interface ConnectionBadgeProps {
  readonly state: State;
  readonly onRetry: () => void;
}

/** Says in a word whether what is shown is what is true. */
export function ConnectionBadge({ state, onRetry }: ConnectionBadgeProps) {
  const waits = state === "reconnecting" || state === "offline";
  return (
    <div class="connection">
      <p class="badge" role="status" aria-live="polite" data-state={state}>
        {WORDS[state]}
      </p>
      {waits && (
        <button type="button" class="button quiet small" onClick={onRetry}>
          Try now
        </button>
      )}
    </div>
  );
}
