import type { AccountEdits } from "../edits/AccountEdits.ts";
import type { QueuedEdit } from "../edits/pendingEdit.ts";
import type { Work } from "../edits/work.ts";
import { ChangeEntryForm } from "./ChangeEntryForm.tsx";
import { ChangeNameForm } from "./ChangeNameForm.tsx";
import { ChangeRecipeForm } from "./ChangeRecipeForm.tsx";
import { Dialog } from "./Dialog.tsx";

interface ChangeDialogProps {
  readonly edits: AccountEdits;
  readonly row: QueuedEdit;
  readonly onClose: () => void;
}

/** What the form of a refused edit needs. */
export interface ChangeFormProps<Kind extends Work["kind"]> {
  /** Names the form, for its draft. */
  readonly form: string;
  readonly row: QueuedEdit;
  readonly work: Extract<Work, { readonly kind: Kind }>;
  /** True when somebody has removed what was to be changed. */
  readonly isGone: boolean;
  /** Takes the place of the refused edit; `null` when nothing is left to do. */
  readonly onRevised: (work: Work | null) => void;
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
      {work.kind === "household" && <ChangeNameForm {...props} work={work} />}
    </Dialog>
  );
}
