import { useSignal } from "@preact/signals";
import { ErrorBoundary } from "preact-iso/lazy";
import { useLocation } from "preact-iso/router";
import { useEffect, useMemo } from "preact/hooks";
import type { Household } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { currentEdits } from "../store/currentEdits.ts";
import { followSession } from "../store/followSession.ts";
import { noteHousehold } from "../store/lastHousehold.ts";
import { peopleOf } from "../store/People.ts";
import { openedPlan } from "../store/planOfWeek.ts";
import { Announcements } from "./Announcements.tsx";
import { EmptyWeekPlace } from "./EmptyWeekPlace.tsx";
import type { EntryDialogSubject } from "./EntryDialog.tsx";
import type { GridControls } from "./GridControls.ts";
import { lazyPart, soon } from "./lazyPart.tsx";
import { PlanHeader } from "./PlanHeader.tsx";
import { PlanStatus } from "./PlanStatus.tsx";
import { ShareDialog } from "./ShareDialog.tsx";
import { useAwareness } from "./useAwareness.ts";
import { useMyHouseholds } from "./useMyHouseholds.ts";
import { useOtherMoves } from "./useOtherMoves.ts";
import { usePlanStore } from "./usePlanStore.ts";
import { WeekGrid } from "./WeekGrid.tsx";

const loadEntryDialog = soon(async () => (await import("./EntryDialog.tsx")).EntryDialog);
const EntryDialog = lazyPart(loadEntryDialog);
const AddTab = lazyPart(async () => (await import("./AddTab.tsx")).AddTab);
const LeftDrafts = lazyPart(async () => (await import("./LeftDrafts.tsx")).LeftDrafts);
const FirstDinner = lazyPart(async () => (await import("./FirstDinner.tsx")).FirstDinner);

const SinceYouLooked = lazyPart(async () => (await import("./SinceYouLooked.tsx")).SinceYouLooked);
const ActivityPanel = lazyPart(async () => (await import("./ActivityPanel.tsx")).ActivityPanel);

const NONE: readonly Household[] = [];

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
  const households = useMyHouseholds().list.value ?? NONE;
  const householdId = store.head.value?.householdId;
  const people = useMemo(() => peopleOf(households, householdId), [households, householdId]);
  const awareness = useAwareness(store, user._id, people);
  const subject = useSignal<EntryDialogSubject | null>(null);
  const sharing = useSignal(false);
  const activity = useSignal(false);
  const { query, route } = useLocation();
  useEffect(() => followSession(store), [store]);
  // The form comes after the plan, and before anybody can lose the connection and want it.
  useEffect(() => void loadEntryDialog().catch(() => {}), []);
  useEffect(() => {
    if (householdId) noteHousehold(user._id, householdId);
  }, [householdId, user._id]);
  const readable = store.head.value !== null && !store.deleted.value;
  const editable = readable && store.isOpen.value;
  useOtherMoves(store, people);
  const controls = useMemo(
    (): GridControls => ({
      onAdd: (day, meal) => (subject.value = { kind: "new", day, meal }),
      onOpen: (entryId) => (subject.value = { kind: "known", entryId }),
      awareness,
      people,
    }),
    [awareness, people],
  );
  return (
    <>
      <PlanHeader
        store={store}
        user={user}
        households={households}
        people={people}
        isActivityOpen={activity.value}
        onActivity={editable ? () => (activity.value = !activity.value) : null}
        onShare={editable ? () => (sharing.value = true) : null}
      />
      <PlanStatus store={store} isGuest={false} />
      {store.head.value && editable && "tonight" in query && (
        <FirstDinner
          store={store}
          householdId={store.head.value.householdId}
          onDone={() => route(`/plans/${planId}`, true)}
        />
      )}
      <ErrorBoundary>{editable && <LeftDrafts store={store} onOpen={controls.onOpen} />}</ErrorBoundary>
      <ErrorBoundary>
        {editable && awareness && <SinceYouLooked awareness={awareness} people={people} />}
      </ErrorBoundary>
      {store.head.value && editable && !("tonight" in query) && (
        <EmptyWeekPlace plan={store.head.value} store={store} />
      )}
      {readable && <WeekGrid store={store} controls={editable ? controls : null} />}
      <ErrorBoundary>{editable && <AddTab onAdd={controls.onAdd} />}</ErrorBoundary>
      <ErrorBoundary>
        {subject.value && editable && (
          <EntryDialog store={store} subject={subject.value} onClose={() => (subject.value = null)} />
        )}
      </ErrorBoundary>
      {sharing.value && editable && <ShareDialog planId={planId} onClose={() => (sharing.value = false)} />}
      <ErrorBoundary>
        {activity.value && editable && (
          <ActivityPanel
            store={store}
            people={people}
            self={user._id}
            onClose={() => (activity.value = false)}
          />
        )}
      </ErrorBoundary>
      <Announcements awareness={awareness} />
    </>
  );
}
