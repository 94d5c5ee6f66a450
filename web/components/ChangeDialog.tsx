import type { AccountEdits } from "../edits/AccountEdits.ts";
import type { QueuedEdit } from "../edits/pendingEdit.ts";
import type { Work } from "../edits/work.ts";
import { ChangeEntryForm } from "./ChangeEntryForm.tsx";
import { ChangeLineForm } from "./ChangeLineForm.tsx";
import { ChangeNameForm } from "./ChangeNameForm.tsx";
import { ChangeRecipeForm } from "./ChangeRecipeForm.tsx";
import { Dialog } from "./Dialog.tsx";

interface ChangeDialogProps {
  readonly edits: AccountEdits;
  readonly row: QueuedEdit;
  readonly onClose: () => void;
}

/** An edit that was refused, in its form again with all that was typed. */
export function ChangeDialog({ edits, row, onClose }: ChangeDialogProps) {
  const { work } = row;
  const isChange = work.kind !== "household" && work.edit.kind === "change";
  const isGone = isChange && row.refusal?.code === "not-found";
  const props = {
    form: `refused/${row.key}`,
    row,
    isGone,
    onRevised: (revised: Work | null) => void edits.revise(row, revised),
    onClose,
  };
  return (
    <Dialog title={isGone ? `${row.about} was removed` : `Change ${row.about}`} onClose={onClose} isWide>
      {isGone && <p>Somebody removed it in the meantime. What you typed is still here.</p>}
      {work.kind === "entry" && <ChangeEntryForm {...props} work={work} />}
      {work.kind === "recipe" && <ChangeRecipeForm {...props} work={work} />}
      {work.kind === "list" && <ChangeLineForm {...props} work={work} />}
      {work.kind === "household" && <ChangeNameForm {...props} work={work} />}
    </Dialog>
  );
}
