import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Household, ListedInvite } from "../../protocol/household.ts";
import { mayInHousehold } from "../../protocol/roles.ts";
import { revokeInvite } from "../api/invites.ts";
import { momentText } from "../store/dates.ts";
import type { Loading } from "../store/loading.ts";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

interface InviteListProps {
  readonly household: Household;
  readonly userId: string;
  readonly invites: Loading<readonly ListedInvite[]>;
  readonly onRevoked: () => void;
}

/** The household's invitations: which are open, and who used the others. */
export function InviteList({ household, userId, invites, onRevoked }: InviteListProps) {
  const list = invites.value.value;
  if (!list && invites.failure.value) {
    return <FailureNote failure={invites.failure.value} onRetry={() => void invites.reload()} />;
  }
  if (!list || list.length === 0) return null;
  const mayRevokeAll = mayInHousehold(household, userId, "revokeInviteOfOthers");
  function revoked(): void {
    onRevoked();
    void invites.reload();
  }
  const rows = (some: readonly ListedInvite[]) =>
    some.map((invite) => (
      <InviteRow
        key={invite._id}
        invite={invite}
        householdId={household._id}
        mayRevoke={mayRevokeAll || invite.createdBy.userId === userId}
        onRevoked={revoked}
      />
    ));
  const open = list.filter(isOpen);
  const earlier = list.filter((invite) => !isOpen(invite));
  return (
    <>
      {open.length > 0 && (
        <ul class="invite-list" aria-label="Open invitations">
          {rows(open)}
        </ul>
      )}
      {earlier.length > 0 && <Earlier count={earlier.length}>{rows(earlier)}</Earlier>}
    </>
  );
}

/** What is over is there for whoever asks. */
function Earlier({ count, children }: { readonly count: number; readonly children: ComponentChildren }) {
  const shown = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="button quiet small"
        aria-expanded={shown.value}
        onClick={() => (shown.value = !shown.value)}
      >
        Earlier invitations ({count})
      </button>
      {shown.value && (
        <ul class="invite-list" aria-label="Earlier invitations">
          {children}
        </ul>
      )}
    </>
  );
}

interface InviteRowProps {
  readonly invite: ListedInvite;
  readonly householdId: string;
  readonly mayRevoke: boolean;
  readonly onRevoked: () => void;
}

function InviteRow({ invite, householdId, mayRevoke, onRevoked }: InviteRowProps) {
  const { busy, failure, run } = useAction();
  return (
    <li>
      <span>
        {outcome(invite)}
        <br />
        <span class="hint">
          Made by {invite.createdBy.name}, {momentText(invite.createdAt)}
        </span>
      </span>
      {isOpen(invite) && mayRevoke && (
        <button
          type="button"
          class="button danger small"
          disabled={busy.value}
          onClick={() => run(revokeInvite(householdId, invite._id), onRevoked)}
        >
          Take back
        </button>
      )}
      <FailureNote failure={failure.value} />
    </li>
  );
}

function outcome(invite: ListedInvite): string {
  const until = `Open until ${momentText(invite.expiresAt)}`;
  if (invite.joined.length > 0) {
    const joined = `${invite.joined.map(({ name }) => name).join(", ")} joined by it`;
    return isOpen(invite) ? `${until}. ${joined}` : joined;
  }
  if (!isOpen(invite)) return "Ran out unused";
  return invite.kind === "day" ? `${until}, for whoever has it` : until;
}

function isOpen({ usedBy, expiresAt }: ListedInvite): boolean {
  return usedBy === null && Date.parse(expiresAt) > Date.now();
}
