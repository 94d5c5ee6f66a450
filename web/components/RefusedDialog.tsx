import type { AccountEdits } from "../edits/AccountEdits.ts";
import { conflictOf } from "../edits/conflict.ts";
import type { QueuedEdit } from "../edits/pendingEdit.ts";
import type { OpenRefusal } from "../store/openRefusal.ts";
import { ChangeDialog } from "./ChangeDialog.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";

interface RefusedDialogProps {
  readonly edits: AccountEdits;
  readonly row: QueuedEdit;
  readonly how: OpenRefusal["how"];
  readonly onClose: () => void;
}

/** What can be done about a refused edit: pick between two versions, or change one's own. */
export function RefusedDialog({ edits, row, how, onClose }: RefusedDialogProps) {
  const conflict = how === "compare" ? conflictOf(row.work, row.refusal) : null;
  if (!conflict) return <ChangeDialog edits={edits} row={row} onClose={onClose} />;
  return <ConflictDialog edits={edits} row={row} conflict={conflict} onClose={onClose} />;
}
