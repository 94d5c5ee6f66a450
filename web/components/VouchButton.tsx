import { useSignal } from "@preact/signals";
import type { Member } from "../../protocol/household.ts";
import { vouchFor, type VouchLink } from "../api/households.ts";
import { momentText } from "../store/dates.ts";
import { CopyField } from "./CopyField.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

interface VouchButtonProps {
  readonly householdId: string;
  readonly member: Member;
}

/** For a member who has lost the password: a link by which they set another one. */
export function VouchButton({ householdId, member }: VouchButtonProps) {
  const link = useSignal<VouchLink | null>(null);
  const { busy, failure, run } = useAction();
  return (
    <>
      <button
        type="button"
        class="button quiet"
        title={`${member.name} has forgotten the password`}
        disabled={busy.value}
        onClick={() => run(vouchFor(householdId, member.userId), (made) => (link.value = made))}
      >
        Help back in
      </button>
      <FailureNote failure={failure.value} />
      {link.value && (
        <div class="vouch">
          <p>
            Give this link to {member.name}, and to nobody else: it works once, until{" "}
            {momentText(link.value.expiresAt)}.
          </p>
          <CopyField label={`Link for ${member.name}`} value={link.value.url} />
        </div>
      )}
    </>
  );
}
