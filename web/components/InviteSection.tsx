import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Household, Invite, InviteKind } from "../../protocol/household.ts";
import { createInvite, fetchInvites } from "../api/invites.ts";
import { momentText } from "../store/dates.ts";
import { useLoading } from "../store/loading.ts";
import { CopyField } from "./CopyField.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { InviteList } from "./InviteList.tsx";
import { useAction } from "./useAction.ts";

interface InviteSectionProps {
  readonly household: Household;
  readonly userId: string;
}

/** Makes links by which others join, and shows what became of them. */
export function InviteSection({ household, userId }: InviteSectionProps) {
  const made = useSignal<Invite | null>(null);
  const { busy, failure, run } = useAction();
  const invites = useLoading(`invites ${household._id}`, () => fetchInvites(household._id));
  // Whoever has joined by one is told of by the household's stream.
  useEffect(() => void invites.reload(), [invites, household.updatedAt]);
  function create(kind: InviteKind): void {
    run(createInvite(household._id, kind), (invite) => {
      made.value = invite;
      void invites.reload();
    });
  }
  return (
    <section class="card">
      <h2>Invite somebody</h2>
      <p>Whoever opens the link may join this household. One for a day lets several people in.</p>
      {made.value && <NewLink invite={made.value} />}
      <FailureNote failure={failure.value} />
      <div class="actions">
        <button type="button" class="button" disabled={busy.value} onClick={() => create("once")}>
          {made.value ? "Create another link" : "Create an invitation link"}
        </button>
        <button type="button" class="button quiet" disabled={busy.value} onClick={() => create("day")}>
          Create one for a day
        </button>
      </div>
      <InviteList
        household={household}
        userId={userId}
        invites={invites}
        onRevoked={() => (made.value = null)}
      />
    </section>
  );
}

function NewLink({ invite }: { readonly invite: Invite }) {
  return (
    <>
      <CopyField label="Invitation link" value={invite.url} />
      <p class="hint">
        Copy it now: it is shown only once.
        {` It works ${invite.kind === "once" ? "once, " : ""}until ${momentText(invite.expiresAt)}.`}
      </p>
    </>
  );
}
