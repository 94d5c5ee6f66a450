import type { ReadonlySignal } from "@preact/signals";
import type { PlanStore } from "../store/PlanStore.ts";
import { EntryCard } from "./EntryCard.tsx";
import type { GridControls } from "./GridControls.ts";

interface EntryListProps {
  readonly ids: ReadonlySignal<readonly string[]>;
  readonly store: PlanStore;
  readonly controls: GridControls | null;
  /** Says day and meal at each dish. */
  readonly showPlace: boolean;
}

/** The dishes at one place. */
export function EntryList({ ids, store, controls, showPlace }: EntryListProps) {
  if (ids.value.length === 0) return null;
  return (
    <ul class="entries">
      {ids.value.map((id) => (
        <EntryCard key={id} id={id} store={store} controls={controls} showPlace={showPlace} />
      ))}
    </ul>
  );
}
