import { agoText } from "../store/durations.ts";
import type { People } from "../store/People.ts";
import type { PlanChange } from "../store/planChanges.ts";

interface ChangeMarkProps {
  readonly change: PlanChange;
  readonly people: People;
}

/** Says who has just touched a dish. It lies on the card's edge, so that nothing moves when it comes and goes. */
export function ChangeMark({ change, people }: ChangeMarkProps) {
  const { by, at } = change;
  return (
    <p class="change-mark">
      {by === null
        ? "Changed outside the app"
        : `${people.shortNameOf(by) ?? "Somebody"}, ${agoText(at ?? "", Date.now())}`}
    </p>
  );
}
