import { useSignal } from "@preact/signals";
import type { Invite } from "../../protocol/household.ts";
import { createInvite } from "../api/households.ts";
import { momentText } from "../store/dates.ts";
import { CopyField } from "./CopyField.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

/** Makes links by which others join. */
export function InviteSection({ householdId }: { readonly householdId: string }) {
  const invite = useSignal<Invite | null>(null);
  const { busy, failure, run } = useAction();
  return (
    <section class="card">
      <h2>Invite somebody</h2>
      <p>Whoever opens the link may join this household. It works once.</p>
      {invite.value && (
        <>
          <CopyField label="Invitation link" value={invite.value.url} />
          {invite.value.expiresAt && <p class="hint">Works until {momentText(invite.value.expiresAt)}.</p>}
        </>
      )}
      <FailureNote failure={failure.value} />
      <button
        type="button"
        class="button"
        disabled={busy.value}
        onClick={() => run(createInvite(householdId), (made) => (invite.value = made))}
      >
        {invite.value ? "Create another link" : "Create an invitation link"}
      </button>
    </section>
  );
}
