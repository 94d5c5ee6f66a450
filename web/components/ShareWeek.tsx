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

interface ShareWeekProps {
  readonly planId: string;
  readonly onClose: () => void;
}

/** Links by which people without an account look at this plan. */
export function ShareWeek({ planId, onClose }: ShareWeekProps) {
  const shares = useLoading(`shares-${planId}`, () => fetchShares(planId));
  const created: Signal<NewShare | null> = useSignal(null);
  function show(share: NewShare): void {
    created.value = share;
    void shares.reload();
  }
  /** A link that has ended is no longer there to be copied. */
  function ended(shareId: string): void {
    if (created.value?._id === shareId) created.value = null;
    void shares.reload();
  }
  return (
    <Dialog title="Share this week" onClose={onClose}>
      <p>Whoever has the link sees this plan live, but can't change it and sees nobody's account.</p>
      <CreateShareForm planId={planId} created={created.value} onCreated={show} />
      <ShareList planId={planId} shares={shares} onEnded={ended} />
    </Dialog>
  );
}

interface CreateShareFormProps {
  readonly planId: string;
  /** The link that was made last. */
  readonly created: NewShare | null;
  readonly onCreated: (share: NewShare) => void;
}

function CreateShareForm({ planId, created, onCreated }: CreateShareFormProps) {
  const days = useSignal<string>(LIFETIMES[0].value);
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const count = Number(days.value);
    const expiresAt = count > 0 ? new Date(Date.now() + count * DAY_MS).toISOString() : null;
    run(createShare(planId, expiresAt), onCreated);
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
      {created && (
        <>
          <CopyField label="Share link" value={created.url} />
          <p class="hint">Copy it now: it is shown only once.</p>
        </>
      )}
    </form>
  );
}

interface ShareListProps {
  readonly planId: string;
  readonly shares: Loading<readonly Share[]>;
  readonly onEnded: (shareId: string) => void;
}

function ShareList({ planId, shares, onEnded }: ShareListProps) {
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
          <ShareRow key={share._id} planId={planId} share={share} onEnded={onEnded} />
        ))}
      </ul>
    </section>
  );
}

interface ShareRowProps {
  readonly planId: string;
  readonly share: Share;
  readonly onEnded: (shareId: string) => void;
}

function ShareRow({ planId, share, onEnded }: ShareRowProps) {
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
        onClick={() => run(revokeShare(planId, share._id), () => onEnded(share._id))}
      >
        End link
      </button>
      <FailureNote failure={failure.value} />
    </li>
  );
}
