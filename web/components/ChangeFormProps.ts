import type { QueuedEdit } from "../edits/pendingEdit.ts";
import type { Work } from "../edits/work.ts";

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
