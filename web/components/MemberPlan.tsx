import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import type { User } from "../../protocol/user.ts";
import { currentEdits } from "../store/currentEdits.ts";
import { followSession } from "../store/followSession.ts";
import { noteHousehold } from "../store/lastHousehold.ts";
import { openedPlan } from "../store/planOfWeek.ts";
import { EntryDialog, type EntryDialogSubject } from "./EntryDialog.tsx";
import { lazyPart } from "./lazyPart.tsx";
import { NoticeToast } from "./NoticeToast.tsx";
import { PlanHeader } from "./PlanHeader.tsx";
import { PlanStatus } from "./PlanStatus.tsx";
import { ShareDialog } from "./ShareDialog.tsx";
import { usePlanStore } from "./usePlanStore.ts";
import { WeekGrid } from "./WeekGrid.tsx";

const FirstDinner = lazyPart(async () => (await import("./FirstDinner.tsx")).FirstDinner);

interface MemberPlanProps {
  readonly planId: string;
  readonly user: User;
}

/** A plan that can be changed. */
export function MemberPlan({ planId, user }: MemberPlanProps) {
  const store = usePlanStore({
    planId,
    share: null,
    tabGroup: `${user._id}:${planId}`,
    edits: currentEdits.peek(),
    plan: openedPlan(planId),
  });
  const subject = useSignal<EntryDialogSubject | null>(null);
  const sharing = useSignal(false);
  const { query, route } = useLocation();
  useEffect(() => followSession(store), [store]);
  const householdId = store.head.value?.householdId;
  useEffect(() => {
    if (householdId) noteHousehold(user._id, householdId);
  }, [householdId, user._id]);
  const readable = store.head.value !== null && !store.deleted.value;
  const editable = readable && store.state.value !== "revoked" && store.state.value !== "gone";
  return (
    <>
      <PlanHeader store={store} user={user} onShare={editable ? () => (sharing.value = true) : null} />
      <PlanStatus store={store} isGuest={false} />
      {store.head.value && editable && "tonight" in query && (
        <FirstDinner
          store={store}
          householdId={store.head.value.householdId}
          onDone={() => route(`/plans/${planId}`, true)}
        />
      )}
      {readable && (
        <WeekGrid
          store={store}
          controls={
            editable
              ? {
                  onAdd: (day, meal) => (subject.value = { kind: "new", day, meal }),
                  onOpen: (entryId) => (subject.value = { kind: "known", entryId }),
                }
              : null
          }
        />
      )}
      {subject.value && editable && (
        <EntryDialog store={store} subject={subject.value} onClose={() => (subject.value = null)} />
      )}
      {sharing.value && editable && <ShareDialog planId={planId} onClose={() => (sharing.value = false)} />}
      <NoticeToast store={store} />
    </>
  );
}
