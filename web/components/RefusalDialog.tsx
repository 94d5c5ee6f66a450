import { useSignalEffect } from "@preact/signals";
import { ErrorBoundary } from "preact-iso/lazy";
import type { AccountEdits } from "../edits/AccountEdits.ts";
import { openRefusal } from "../store/openRefusal.ts";
import { lazyPart } from "./lazyPart.tsx";

const RefusedDialog = lazyPart(async () => (await import("./RefusedDialog.tsx")).RefusedDialog);

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
  if (!open || !row) return null;
  return (
    <ErrorBoundary>
      <RefusedDialog edits={edits} row={row} how={open.how} onClose={close} />
    </ErrorBoundary>
  );
}

function close(): void {
  openRefusal.value = null;
}

/** Not when it had to wait, or when the user is at something else by now: then it waits in its list. */
function isWorthAsking(edits: AccountEdits, key: string): boolean {
  const row = edits.pending.peek().find((one) => one.row.key === key)?.row;
  if (row?.refusal?.code !== "changed-meanwhile" || row.tries > 0) return false;
  return document.visibilityState === "visible" && document.querySelector("dialog[open]") === null;
}
