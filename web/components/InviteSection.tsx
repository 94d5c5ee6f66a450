import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Household, Invite } from "../../protocol/household.ts";
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
  function create(): void {
    run(createInvite(household._id), (invite) => {
      made.value = invite;
      void invites.reload();
    });
  }
  return (
    <section class="card">
      <h2>Invite somebody</h2>
      <p>Whoever opens the link may join this household. It works once.</p>
      {made.value && <NewLink invite={made.value} />}
      <FailureNote failure={failure.value} />
      <button type="button" class="button" disabled={busy.value} onClick={create}>
        {made.value ? "Create another link" : "Create an invitation link"}
      </button>
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
        {invite.expiresAt && ` It works until ${momentText(invite.expiresAt)}.`}
      </p>
    </>
  );
}
