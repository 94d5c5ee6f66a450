import { useEffect } from "preact/hooks";
import type { AccountEdits } from "../edits/AccountEdits.ts";
import { describeWork } from "../edits/describeWork.ts";
import type { QueuedEdit } from "../edits/pendingEdit.ts";
import { pathOf, targetOf, type Work } from "../edits/work.ts";
import { openRefusal, type OpenRefusal } from "../store/openRefusal.ts";

interface RefusedEditProps {
  readonly edits: AccountEdits;
  readonly row: QueuedEdit;
}

/** One edit that the server said no to, or that waits behind one, with all its text, until somebody decides. */
export function RefusedEdit({ edits, row }: RefusedEditProps) {
  const name = describeWork(row);
  return (
    <li>
      <p>
        <a href={pathOf(row.work)}>{name}</a>
        <br />
        {row.refusal ? reasonOf(row) : "Waits for what you decide above."}
      </p>
      {row.refusal && <Decisions edits={edits} row={row} name={name} />}
    </li>
  );
}

function Decisions({ edits, row, name }: RefusedEditProps & { readonly name: string }) {
  const target = targetOf(row.work);
  // What is needed to do something about it comes now: later there may be no connection.
  useEffect(() => void import("./RefusedDialog.tsx").catch(() => {}), []);
  function open(how: OpenRefusal["how"]): void {
    openRefusal.value = { key: row.key, how };
  }
  return (
    <div class="actions" role="group" aria-label={name}>
      {row.refusal?.code === "changed-meanwhile" ? (
        <button type="button" class="button small" onClick={() => open("compare")}>
          Compare
        </button>
      ) : (
        <button type="button" class="button small" onClick={() => void edits.retry(target)}>
          Try again
        </button>
      )}
      {canBeChanged(row.work) && (
        <button type="button" class="button small" onClick={() => open("change")}>
          Change
        </button>
      )}
      <button type="button" class="button quiet small" onClick={() => void edits.drop(target)}>
        Drop
      </button>
    </div>
  );
}

/** Of a removal, a tick or a move nothing was typed. */
function canBeChanged({ kind, edit }: Work): boolean {
  if (kind === "list") return edit.kind === "add" || (edit.kind === "change" && "text" in edit.change);
  if (kind === "household") return "name" in edit.change;
  return edit.kind !== "remove";
}

function reasonOf({ refusal, work }: QueuedEdit): string {
  if (!refusal) return "";
  if (refusal.code === "not-found" && work.kind !== "household") return "Somebody removed it meanwhile.";
  const reasons = refusal.fields.map(({ path, message }) => `${path}: ${message}`);
  return reasons.length > 0 ? reasons.join(" ") : refusal.message;
}
