import { OfflineIcon } from "../components/icons.tsx";
import type { PendingEdit } from "../edits/pendingEdit.ts";
import type { ShoppingList } from "../store/ShoppingList.ts";
import { countOf } from "../store/words.ts";

/** How far one is, and what waits for a connection: in one place, so that nothing moves when one loses it. */
export function ListProgress({ list }: { readonly list: ShoppingList }) {
  const lines = list.lines.value ?? [];
  const ticked = lines.filter(({ line }) => line.done).length;
  const unsaved = list.unsaved.value;
  const isHeldUp = unsaved.some(({ row }) => row.tries > 0);
  return (
    <div class="list-progress">
      {lines.length > 0 && <progress value={ticked} max={lines.length} aria-label="Ticked" />}
      <p role="status">
        {isHeldUp && (
          <>
            <OfflineIcon />
            <span>
              <b>{waitingWords(unsaved)}</b>, keep going
            </span>
          </>
        )}
      </p>
      {!isHeldUp && lines.length > 0 && (
        <span>
          {ticked} of {lines.length}
        </span>
      )}
    </div>
  );
}

function waitingWords(unsaved: readonly PendingEdit[]): string {
  const count = unsaved.length;
  return unsaved.every(isTick) ? `${countOf(count, "tick")} waiting` : `${countOf(count, "change")} waiting`;
}

function isTick({ row: { work } }: PendingEdit): boolean {
  return work.kind === "list" && work.edit.kind === "change" && "done" in work.edit.change;
}
