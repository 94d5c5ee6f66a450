import type { Awareness } from "../store/Awareness.ts";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import type { Removal } from "../store/RecentChanges.ts";
import { MissedChange } from "./MissedChange.tsx";
import { personClass } from "./personClass.ts";

interface RemovedEntryProps {
  readonly removal: Removal;
  readonly store: PlanStore;
  readonly awareness: Awareness;
  readonly people: People;
}

/** Where a dish was until somebody else removed it. It stays open while one is about to press its button. */
export function RemovedEntry({ removal, store, awareness, people }: RemovedEntryProps) {
  const { entry, by, before } = removal.change;
  const { recent } = awareness;
  const hold = () => recent.hold(entry._id);
  const release = () => recent.release(entry._id);
  function putBack(dish: typeof entry): void {
    recent.forget(dish._id);
    store.takeBack({ kind: "add", entry: dish }, dish.title);
  }
  return (
    <li
      class={`entry-removed ${personClass(people, by)}`}
      data-removed-id={entry._id}
      tabIndex={-1}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocusIn={hold}
      onFocusOut={release}
    >
      <s>{entry.title}</s>
      <span class="entry-details">
        {by === null ? "Removed outside the app" : `${people.shortNameOf(by) ?? "Somebody"} took it off`}
      </span>
      {before && (
        <button
          type="button"
          class="button small"
          aria-label={`Undo: put ${entry.title} back`}
          onClick={() => putBack(before)}
        >
          Undo
        </button>
      )}
      <MissedChange entryId={entry._id} awareness={awareness} />
    </li>
  );
}
