import { useLocation } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";
import type { Household } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { CalendarSection } from "../components/CalendarSection.tsx";
import { ConnectionBadge } from "../components/ConnectionBadge.tsx";
import { HouseholdSettings } from "../components/HouseholdSettings.tsx";
import { InviteSection } from "../components/InviteSection.tsx";
import { MemberList } from "../components/MemberList.tsx";
import { NothingHere } from "../components/NothingHere.tsx";
import { RecipeFiles } from "../components/RecipeFiles.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useKept } from "../components/useKept.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { WithId } from "../components/WithId.tsx";
import { currentEdits } from "../store/currentEdits.ts";
import { householdFor, householdKey } from "../store/liveData.ts";
import type { LiveItems } from "../store/LiveItems.ts";
import { announceLoss } from "../store/pageNotice.ts";
import { withHouseholdEdits } from "../store/withHouseholdEdits.ts";

/** One household: its name, its people, invitations. */
export function HouseholdPage() {
  return (
    <WithId>
      {(id) => <RequireUser>{(user) => <KnownHousehold key={id} id={id} user={user} />}</RequireUser>}
    </WithId>
  );
}

function KnownHousehold({ id, user }: { readonly id: string; readonly user: User }) {
  const live = useKept(householdFor, householdKey(user._id, id));
  const [held] = live.items.value ?? [];
  const household = held && withHouseholdEdits(held, currentEdits.value?.pending.value ?? [], Date.now());
  usePageTitle(household?.name ?? "Household");
  useWayOut(live, household);
  if (household) return <ShownHousehold live={live} household={household} user={user} />;
  return live.state.value === "gone" ? <NoHousehold /> : <Waiting />;
}

/** Whoever loses the household while looking at it hears so, and is led to those that are left. */
function useWayOut(live: LiveItems<Household>, household: Household | undefined): void {
  const { route } = useLocation();
  const known = useRef<Household | null>(null);
  const state = live.state.value;
  const isLost = state === "revoked" || (state === "gone" && household !== undefined);
  const isDeleted = live.items.value?.length === 0;
  useEffect(() => {
    if (household) known.current = household;
    if (!isLost && !isDeleted) return;
    if (known.current) announceLoss({ household: known.current, why: isLost ? "left" : "deleted" });
    route("/households", true);
  }, [household, isLost, isDeleted]);
}

function NoHousehold() {
  return (
    <NothingHere title="This household is not here for you">
      It was deleted, or you are not one of its people. Somebody who is can send you an invitation.
    </NothingHere>
  );
}

interface ShownHouseholdProps {
  readonly live: LiveItems<Household>;
  readonly household: Household;
  readonly user: User;
}

function ShownHousehold({ live, household, user }: ShownHouseholdProps) {
  return (
    <div class="household">
      <div class="page-header">
        <div class="page-title">
          <h1>{household.name}</h1>
          <ConnectionBadge stream={live} />
        </div>
      </div>
      <section class="card">
        <h2>People</h2>
        <MemberList household={household} user={user} />
      </section>
      <InviteSection household={household} userId={user._id} />
      <CalendarSection householdId={household._id} />
      <RecipeFiles householdId={household._id} />
      <HouseholdSettings household={household} userId={user._id} />
    </div>
  );
}
