import { useSignalEffect } from "@preact/signals";
import lazy, { ErrorBoundary } from "preact-iso/lazy";
import type { AccountEdits } from "../edits/AccountEdits.ts";
import { conflictOf } from "../edits/conflict.ts";
import { openRefusal } from "../store/openRefusal.ts";

const ConflictDialog = lazy(async () => (await import("./ConflictDialog.tsx")).ConflictDialog);
const ChangeDialog = lazy(async () => (await import("./ChangeDialog.tsx")).ChangeDialog);

/** The refused edit that the user looks at, in a dialog. One that they have just made comes up by itself. */
export function RefusalDialog({ edits }: { readonly edits: AccountEdits }) {
  useSignalEffect(() => {
    const key = edits.refusedHere.value;
    if (key !== null && isWorthAsking(edits, key)) openRefusal.value = { key, how: "compare" };
  });
  const open = openRefusal.value;
  const row = edits.pending.value.find(
    (one) => one.row.key === open?.key && one.state.kind === "refused",
  )?.row;
  const conflict = row && conflictOf(row.work, row.refusal);
  if (!open || !row) return null;
  return (
    <ErrorBoundary>
      {open.how === "compare" && conflict ? (
        <ConflictDialog edits={edits} row={row} conflict={conflict} onClose={close} />
      ) : (
        <ChangeDialog edits={edits} row={row} onClose={close} />
      )}
    </ErrorBoundary>
  );
}

function close(): void {
  openRefusal.value = null;
}

/** Not when it had to wait, or when the user is at something else by now: then it waits in its list. */
function isWorthAsking(edits: AccountEdits, key: string): boolean {
  const row = edits.pending.peek().find((one) => one.row.key === key)?.row;
  if (!row || row.tries > 0 || !conflictOf(row.work, row.refusal)) return false;
  return document.visibilityState === "visible" && document.querySelector("dialog[open]") === null;
}
