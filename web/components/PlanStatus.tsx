import type { ComponentChildren } from "preact";
import type { PlanStore } from "../store/PlanStore.ts";
import { Waiting } from "./Waiting.tsx";

interface PlanStatusProps {
  readonly store: PlanStore;
  readonly isGuest: boolean;
}

/** What there is to say instead of, or above, the week. */
export function PlanStatus({ store, isGuest }: PlanStatusProps) {
  const state = store.state.value;
  if (store.deleted.value) {
    return (
      <Note title="This plan was deleted">It was removed from the database while you were looking.</Note>
    );
  }
  if (state === "revoked" || (state === "gone" && store.head.value)) {
    return isGuest ? (
      <Note title="This link has ended">Whoever shared this plan has ended the link.</Note>
    ) : (
      <Note title="This plan is no longer yours">
        You are no longer a member of its household. What you see below does not change any more.{" "}
        <a href="/">Go to your own plan</a>
      </Note>
    );
  }
  if (state === "gone" || (isGuest && state === "signed-out")) {
    return (
      <Note title="There is nothing here for you">
        {isGuest ? "The link is wrong or has ended." : "No plan of yours has this address."}
      </Note>
    );
  }
  return store.head.value ? null : <Waiting />;
}

function Note({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="card note" role="alert">
      <h2>{title}</h2>
      <p>{children}</p>
    </section>
  );
}
