import { ErrorBoundary } from "preact-iso/lazy";
import { currentEdits } from "../store/currentEdits.ts";
import { session } from "../store/session.ts";
import { undecided, type PendingEdit } from "../edits/pendingEdit.ts";
import { editCount } from "./editCount.ts";
import { OfflineIcon } from "./icons.tsx";
import { lazyPart } from "./lazyPart.tsx";
import { RefusalDialog } from "./RefusalDialog.tsx";

const RefusedEdits = lazyPart(async () => (await import("./RefusedEdits.tsx")).RefusedEdits);

/** On every page: what has not left this device yet, and what the server refused. */
export function EditsBar() {
  const edits = currentEdits.value;
  if (!edits) return null;
  const pending = edits.pending.value;
  const refused = undecided(pending);
  return (
    <div class="edits-bar">
      <p class="edits-waiting" role="status">
        {waitingWords(pending)}
      </p>
      {!edits.isLasting.value && <NotLasting pending={pending} />}
      <ErrorBoundary>{refused.length > 0 && <RefusedEdits edits={edits} refused={refused} />}</ErrorBoundary>
      <RefusalDialog edits={edits} />
    </div>
  );
}

/** Nothing while everything goes its way: an edit that takes a moment needs no words. */
function waitingWords(pending: readonly PendingEdit[]) {
  const waiting = pending.filter(({ state }) => state.kind === "waiting" || state.kind === "saving");
  if (!waiting.some(({ row }) => row.tries > 0)) return null;
  return (
    <>
      <OfflineIcon />
      <span>
        <b>{editCount(waiting.length)} waiting</b>{" "}
        {session.value.kind === "expired" ? "until you sign in again." : "for a connection. Keep going."}
      </span>
    </>
  );
}

function NotLasting({ pending }: { readonly pending: readonly PendingEdit[] }) {
  if (!pending.some(({ state }) => state.kind !== "saved")) return null;
  return (
    <p class="edits-waiting" role="status">
      This browser keeps nothing for this page: what waits is lost when you close the tab.
    </p>
  );
}
