import type { EntryView } from "../store/entryViews.ts";
import { openRefusal } from "../store/openRefusal.ts";
import type { PlanStore } from "../store/PlanStore.ts";

const NOT_DONE = { add: "Not saved", change: "Change not saved", remove: "Not removed" } as const;

interface FailedEntryProps {
  readonly id: string;
  readonly failed: NonNullable<EntryView["failed"]>;
  readonly store: PlanStore;
}

/** An edit that did not get through stays until somebody decides what becomes of it. */
export function FailedEntry({ id, failed, store }: FailedEntryProps) {
  const { key, kind, failure } = failed;
  const reasons = failure.fields.map(({ path, message }) => `${path}: ${message}`);
  return (
    <div class="entry-failed" role="alert">
      <p>
        {NOT_DONE[kind]}. {reasons.length > 0 ? reasons.join(" ") : failure.message}
      </p>
      <div class="actions">
        {failure.code === "changed-meanwhile" ? (
          <button
            type="button"
            class="button small"
            onClick={() => (openRefusal.value = { key, how: "compare" })}
          >
            Compare
          </button>
        ) : (
          <button type="button" class="button small" onClick={() => store.retry(id)}>
            Retry
          </button>
        )}
        <button type="button" class="button quiet small" onClick={() => store.discard(id)}>
          Discard
        </button>
      </div>
    </div>
  );
}
