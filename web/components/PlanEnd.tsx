import type { ComponentChildren } from "preact";
import type { PlanStore } from "../store/PlanStore.ts";
import { ThisWeekButton } from "./ThisWeekButton.tsx";
import { WaysOn } from "./WaysOn.tsx";

interface PlanEndProps {
  readonly store: PlanStore;
  readonly isGuest: boolean;
}

/** Why a plan does not change any more, or is not there, and where to go from here. */
export function PlanEnd({ store, isGuest }: PlanEndProps) {
  const state = store.state.value;
  const householdId = store.head.value?.householdId ?? "";
  if (store.deleted.value) {
    return (
      <Note title="This plan was deleted" way={!isGuest && <ThisWeekButton householdId={householdId} />}>
        It was removed from the database while you were looking.
      </Note>
    );
  }
  if (state === "revoked" || (state === "gone" && store.head.value)) {
    return isGuest ? (
      <Note title="This link has ended">Whoever shared this plan has ended the link.</Note>
    ) : (
      <Note title="This plan is no longer yours" way={<WaysOn />}>
        You are no longer a member of its household. What you see below does not change any more.
      </Note>
    );
  }
  if (state === "gone" || (isGuest && state === "signed-out")) {
    return isGuest ? (
      <Note title="This link does not work" way={<WaysOn />}>
        It has ended, or a part of it is missing. Whoever shared the plan can make a new one.
      </Note>
    ) : (
      <Note title="This plan is not here for you" way={<WaysOn />}>
        It was deleted, or it belongs to a household that you are not in.
      </Note>
    );
  }
  return null;
}

interface NoteProps {
  readonly title: string;
  /** Where to go from here. */
  readonly way?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Note({ title, way, children }: NoteProps) {
  return (
    <section class="card note" role="alert">
      <h2>{title}</h2>
      <p>{children}</p>
      {way}
    </section>
  );
}
