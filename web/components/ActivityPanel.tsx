import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { ActivityLog } from "../store/ActivityLog.ts";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { ActivityRow } from "./ActivityRow.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { CrossIcon } from "./icons.tsx";
import { Waiting } from "./Waiting.tsx";
import "../styles/activity.css";

/** How long ago something was is told to the minute. */
const TICK_MS = 20_000;

interface ActivityPanelProps {
  readonly store: PlanStore;
  readonly people: People;
  /** The user's id. */
  readonly self: string;
  readonly onClose: () => void;
}

/** Who did what to the plan, with ways back. It stays open beside the plan. */
export function ActivityPanel({ store, people, self, onClose }: ActivityPanelProps) {
  const log = useMemo(() => new ActivityLog(store), [store]);
  const heading = useRef<HTMLHeadingElement | null>(null);
  const now = useNow();
  useEffect(() => log.watch(), [log]);
  useFocusMeanwhile(heading);
  const lines = log.lines.value;
  return (
    <aside
      class="activity"
      aria-labelledby="activity-title"
      onKeyDown={({ key }) => key === "Escape" && onClose()}
    >
      <header class="activity-header">
        <h2 id="activity-title" ref={heading} tabIndex={-1}>
          Activity
        </h2>
        <button type="button" class="icon-button" aria-label="Close the activity" onClick={onClose}>
          <CrossIcon />
        </button>
      </header>
      <FailureNote failure={log.failure.value} onRetry={() => void log.reload()} />
      {lines === null && !log.failure.value && <Waiting />}
      {lines?.length === 0 && <p class="empty">Nobody has changed this week yet.</p>}
      {lines && lines.length > 0 && (
        <ol>
          {lines.map((told) => (
            <ActivityRow
              key={told.line._id}
              told={told}
              store={store}
              people={people}
              self={self}
              now={now.value}
            />
          ))}
        </ol>
      )}
    </aside>
  );
}

function useNow(): ReadonlySignal<number> {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The focus is here while this is open, and afterwards where it was. */
function useFocusMeanwhile(place: RefObject<HTMLElement | null>): void {
  const opener = useRef(document.activeElement);
  useEffect(() => {
    place.current?.focus();
    return () => {
      const { activeElement } = document;
      const isHere =
        activeElement === document.body || place.current?.closest("aside")?.contains(activeElement);
      if (isHere && opener.current instanceof HTMLElement) opener.current.focus();
    };
  }, []);
}
