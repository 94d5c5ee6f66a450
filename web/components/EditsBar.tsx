import { currentEdits } from "../store/currentEdits.ts";
import { session } from "../store/session.ts";
import type { AccountEdits } from "../edits/AccountEdits.ts";
import { undecided, type PendingEdit } from "../edits/pendingEdit.ts";
import { OfflineIcon } from "./icons.tsx";
import { RefusalDialog } from "./RefusalDialog.tsx";
import { RefusedEdit } from "./RefusedEdit.tsx";

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
      {refused.length > 0 && <Refused edits={edits} refused={refused} />}
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
        <b>{countOf(waiting.length)} waiting</b>{" "}
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

interface RefusedProps {
  readonly edits: AccountEdits;
  readonly refused: readonly PendingEdit[];
}

function Refused({ edits, refused }: RefusedProps) {
  return (
    <section class="failure edits-refused" aria-label="Not saved">
      <h2>{countOf(refused.length)} not saved</h2>
      <ul>
        {refused.map(({ row }) => (
          <RefusedEdit key={row.key} edits={edits} row={row} />
        ))}
      </ul>
    </section>
  );
}

/** As in “2 edits”. */
function countOf(count: number): string {
  return count === 1 ? "1 edit" : `${count} edits`;
}
