import type { ReadonlySignal } from "@preact/signals";
import { For } from "@preact/signals/utils";
import type { PlanStore } from "../store/PlanStore.ts";
import { EntryCard } from "./EntryCard.tsx";
import type { GridControls } from "./WeekGrid.tsx";

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
      <For each={ids} getKey={(id) => id}>
        {(id) => <EntryCard id={id} store={store} controls={controls} showPlace={showPlace} />}
      </For>
    </ul>
  );
}
