import type { Household } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { weekText } from "../store/dates.ts";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { ConnectionBadge } from "./ConnectionBadge.tsx";
import { HouseholdSwitch } from "./HouseholdSwitch.tsx";
import { ClockIcon, LinkIcon } from "./icons.tsx";
import { usePageTitle } from "./usePageTitle.ts";
import { Viewers } from "./Viewers.tsx";
import { WeekNavigation } from "./WeekNavigation.tsx";

interface PlanHeaderProps {
  readonly store: PlanStore;
  readonly user: User;
  readonly households: readonly Household[];
  readonly people: People;
  readonly isActivityOpen: boolean;
  /** Opens and closes the activity; `null` when there is none to see. */
  readonly onActivity: (() => void) | null;
  /** `null` when there is nothing to share. */
  readonly onShare: (() => void) | null;
}

/** Which week of whom this is, who is watching, and whether it is live. */
export function PlanHeader({
  store,
  user,
  households,
  people,
  isActivityOpen,
  onActivity,
  onShare,
}: PlanHeaderProps) {
  const plan = store.head.value;
  const title = plan ? weekText(plan.week) : "Meal plan";
  usePageTitle(title);
  return (
    <header class="plan-header">
      <div class="plan-title">
        <h1>{title}</h1>
        {plan && <HouseholdSwitch plan={plan} households={households} />}
      </div>
      {plan && <WeekNavigation plan={plan} />}
      <div class="plan-presence">
        <ConnectionBadge stream={store} />
        <Viewers viewers={store.viewers.value} selfId={user._id} people={people} />
      </div>
      <div class="plan-actions">
        {onActivity && (
          <button type="button" class="button" aria-expanded={isActivityOpen} onClick={onActivity}>
            <ClockIcon /> <span class="button-word">Activity</span>
          </button>
        )}
        {onShare && (
          <button type="button" class="button" onClick={onShare}>
            <LinkIcon /> <span class="button-word">Share</span>
          </button>
        )}
      </div>
    </header>
  );
}
