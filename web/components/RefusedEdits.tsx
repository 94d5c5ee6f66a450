import type { AccountEdits } from "../edits/AccountEdits.ts";
import type { PendingEdit } from "../edits/pendingEdit.ts";
import { editCount } from "./editCount.ts";
import { RefusedEdit } from "./RefusedEdit.tsx";

interface RefusedEditsProps {
  readonly edits: AccountEdits;
  readonly refused: readonly PendingEdit[];
}

/** What the server refused, until somebody decides what becomes of it. */
export function RefusedEdits({ edits, refused }: RefusedEditsProps) {
  return (
    <section class="failure edits-refused" aria-label="Not saved">
      <h2>{editCount(refused.length)} not saved</h2>
      <ul>
        {refused.map(({ row }) => (
          <RefusedEdit key={row.key} edits={edits} row={row} />
        ))}
      </ul>
    </section>
  );
}
