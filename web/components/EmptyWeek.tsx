import { useSignal } from "@preact/signals";
import "../styles/emptyWeek.css";
import { weekAfter } from "../../protocol/week.ts";
import type { ShownPlan } from "../api/readMealPlan.ts";
import { fetchPlanOfWeek } from "../api/mealPlans.ts";
import { capital } from "../store/dates.ts";
import { emptyWeekIdeas, type WeekIdea } from "../store/emptyWeekIdeas.ts";
import type { PlanHead, PlanStore } from "../store/PlanStore.ts";
import { thisWeek, today } from "../store/today.ts";
import { DishPicture } from "./DishPicture.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { PlusIcon } from "./icons.tsx";
import { useAction } from "./useAction.ts";
import { useCookbook } from "./useCookbook.ts";

interface EmptyWeekProps {
  readonly plan: PlanHead;
  readonly store: PlanStore;
}

/** One question and three answers, instead of a week of nothing. */
export function EmptyWeek({ plan, store }: EmptyWeekProps) {
  const turn = useSignal(0);
  const { recipes } = useCookbook();
  const own = (recipes.value ?? []).filter(({ householdId }) => householdId === plan.householdId);
  const begun = plan.week === thisWeek.value ? today.value : null;
  return (
    <section class="empty-week" aria-labelledby="empty-week">
      <h2 id="empty-week">What shall we eat?</h2>
      <p>Nothing is planned yet. How about one of these?</p>
      <ul class="empty-week-ideas">
        {emptyWeekIdeas(own, turn.value, begun).map((idea) => (
          <Idea key={idea.title} idea={idea} onPlan={() => planIdea(store, idea)} />
        ))}
      </ul>
      <div class="actions">
        <CopyLastWeek plan={plan} store={store} />
        <button type="button" class="button quiet" onClick={() => turn.value++}>
          Three others
        </button>
      </div>
    </section>
  );
}

function Idea({ idea, onPlan }: { readonly idea: WeekIdea; readonly onPlan: () => void }) {
  const place = `${capital(idea.day)} dinner`;
  return (
    <li>
      <DishPicture title={idea.title} />
      <p class="dish">{idea.title}</p>
      <button type="button" class="button" aria-label={`${place}: ${idea.title}`} onClick={onPlan}>
        <PlusIcon /> {place}
      </button>
    </li>
  );
}

/** The question is answered and goes; the focus goes to where the answer is. */
function planIdea(store: PlanStore, { title, recipe, day }: WeekIdea): void {
  store.add({
    title,
    day,
    meal: "dinner",
    recipeId: recipe?._id ?? null,
    servings: recipe?.servings ?? null,
    note: "",
  });
  focusAt(`[data-day="${day}"][data-meal="dinner"] button`);
}

function CopyLastWeek({ plan, store }: EmptyWeekProps) {
  const { busy, failure, run } = useAction();
  const isEmpty = useSignal(false);
  const { householdId, week } = plan;
  function copy({ entries }: ShownPlan): void {
    isEmpty.value = entries.length === 0;
    for (const { day, meal, title, recipeId, servings, note } of entries) {
      store.add({ day, meal, title, recipeId, servings, note });
    }
    if (entries.length > 0) focusAt("[data-day=monday] button");
  }
  return (
    <>
      <button
        type="button"
        class="button primary"
        disabled={busy.value}
        onClick={() => run(fetchPlanOfWeek(householdId, weekAfter(week, -1)), copy)}
      >
        Copy last week
      </button>
      <FailureNote failure={failure.value} />
      <p role="status">{isEmpty.value && "There was nothing planned last week either."}</p>
    </>
  );
}

function focusAt(selector: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  });
}
