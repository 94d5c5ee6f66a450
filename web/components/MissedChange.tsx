import type { Awareness } from "../store/Awareness.ts";

interface MissedChangeProps {
  readonly entryId: string;
  readonly awareness: Awareness;
}

/** At the dish to which somebody who was away has been led: the way to the next one. */
export function MissedChange({ entryId, awareness }: MissedChangeProps) {
  const { changes, current } = awareness.unseen;
  if (current.value?.entry._id !== entryId) return null;
  const all = changes.value;
  const position = all.indexOf(current.value) + 1;
  return (
    <p class="missed">
      {position} of {all.length}
      {position < all.length && (
        <button type="button" class="button small" onClick={() => awareness.showNext()}>
          Next change
        </button>
      )}
      <button type="button" class="button quiet small" onClick={() => awareness.dismiss()}>
        Done
      </button>
    </p>
  );
}
