import { useSignal, type Signal } from "@preact/signals";
import type { NewShare, Share } from "../../protocol/mealPlan.ts";
import { createShare, fetchShares, revokeShare } from "../api/mealPlans.ts";
import { momentText } from "../store/dates.ts";
import { useLoading, type Loading } from "../store/loading.ts";
import { CopyField } from "./CopyField.tsx";
import { Dialog } from "./Dialog.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { SelectField } from "./SelectField.tsx";
import { useAction } from "./useAction.ts";
import { Waiting } from "./Waiting.tsx";

const DAY_MS = 86_400_000;

const LIFETIMES = [
  { value: "7", name: "a week" },
  { value: "1", name: "a day" },
  { value: "30", name: "30 days" },
  { value: "", name: "until I end it" },
] as const;

interface ShareDialogProps {
  readonly planId: string;
  readonly onClose: () => void;
}

/** Links by which people without an account look at this plan. */
export function ShareDialog({ planId, onClose }: ShareDialogProps) {
  const shares = useLoading(`shares-${planId}`, () => fetchShares(planId));
  return (
    <Dialog title="Share this week" onClose={onClose}>
      <p>Whoever has the link sees this plan live, but can't change it and sees nobody's account.</p>
      <CreateShareForm planId={planId} onCreated={() => void shares.reload()} />
      <ShareList planId={planId} shares={shares} />
    </Dialog>
  );
}

function CreateShareForm({ planId, onCreated }: { readonly planId: string; readonly onCreated: () => void }) {
  const days = useSignal<string>(LIFETIMES[0].value);
  const created: Signal<NewShare | null> = useSignal(null);
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const count = Number(days.value);
    const expiresAt = count > 0 ? new Date(Date.now() + count * DAY_MS).toISOString() : null;
    run(createShare(planId, expiresAt), (share) => {
      created.value = share;
      onCreated();
    });
  }
  return (
    <form class="form" onSubmit={submit}>
      <SelectField
        label="Works for"
        name="expiresAt"
        value={days}
        failure={failure.value}
        options={LIFETIMES}
      />
      <FailureNote failure={failure.value} shownFields={["expiresAt"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Create a link
      </button>
      {created.value && (
        <>
          <CopyField label="Share link" value={created.value.url} />
          <p class="hint">Copy it now: it is shown only once.</p>
        </>
      )}
    </form>
  );
}

function ShareList({
  planId,
  shares,
}: {
  readonly planId: string;
  readonly shares: Loading<readonly Share[]>;
}) {
  const list = shares.value.value;
  if (!list && shares.failure.value) {
    return <FailureNote failure={shares.failure.value} onRetry={() => void shares.reload()} />;
  }
  if (!list) return <Waiting />;
  if (list.length === 0) return <p class="hint">No link leads here yet.</p>;
  return (
    <section>
      <h3>Links to this week</h3>
      <ul class="share-list">
        {list.map((share) => (
          <ShareRow key={share._id} planId={planId} share={share} onRevoked={() => void shares.reload()} />
        ))}
      </ul>
    </section>
  );
}

interface ShareRowProps {
  readonly planId: string;
  readonly share: Share;
  readonly onRevoked: () => void;
}

function ShareRow({ planId, share, onRevoked }: ShareRowProps) {
  const { busy, failure, run } = useAction();
  return (
    <li>
      <span>
        Made {momentText(share.createdAt)}
        <br />
        <span class="hint">
          {share.expiresAt ? `Works until ${momentText(share.expiresAt)}` : "Works until you end it"}
        </span>
      </span>
      <button
        type="button"
        class="button danger"
        disabled={busy.value}
        onClick={() => run(revokeShare(planId, share._id), onRevoked)}
      >
        End link
      </button>
      <FailureNote failure={failure.value} />
    </li>
  );
}
