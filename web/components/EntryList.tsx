import type { PlanStore } from "../store/PlanStore.ts";
import { withRemovals } from "../store/withRemovals.ts";
import { EntryCard } from "./EntryCard.tsx";
import type { GridControls } from "./GridControls.ts";
import { RemovedEntry } from "./RemovedEntry.tsx";

interface EntryListProps {
  /** Where on the grid: see `placeName`. */
  readonly place: string;
  readonly store: PlanStore;
  readonly controls: GridControls | null;
  /** Says day and meal at each dish. */
  readonly showPlace: boolean;
}

/** The dishes at one place, a dinner's first one with its picture, and for a moment those that others took away from it. */
export function EntryList({ place, store, controls, showPlace }: EntryListProps) {
  const removals = controls?.awareness?.recent.removedFrom(place).value ?? [];
  const lines = withRemovals(store.entries.cell(place).value, removals);
  if (lines.length === 0) return null;
  return (
    <ul class="entries">
      {lines.map(({ id, removal }, index) =>
        removal && controls?.awareness ? (
          <RemovedEntry
            key={`removed-${id}`}
            removal={removal}
            store={store}
            awareness={controls.awareness}
            people={controls.people}
          />
        ) : (
          <EntryCard
            key={id}
            id={id}
            store={store}
            controls={controls}
            showPlace={showPlace}
            hasPicture={index === 0 && place.endsWith("/dinner")}
          />
        ),
      )}
    </ul>
  );
}
