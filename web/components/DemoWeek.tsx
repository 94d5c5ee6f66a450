import type { DemoPlan } from "../../protocol/demoPlan.ts";
import { fetchDemoPlan } from "../api/demoPlan.ts";
import type { State } from "../stream/states.ts";
import { EXAMPLE_WEEK } from "../store/exampleWeek.ts";
import { useLoading } from "../store/loading.ts";
import { dishesOf, sheetOf } from "../store/weekSheet.ts";
import { usePlanStore } from "./usePlanStore.ts";
import { WeekSheet } from "./WeekSheet.tsx";

/** The stream will not come. */
const ENDED: ReadonlySet<State> = new Set(["gone", "revoked", "signed-out"]);

/** It may come later: there may be too many visitors just now. */
const HELD_UP: ReadonlySet<State> = new Set(["reconnecting", "offline"]);

/** A real week that changes while one looks at it; where there is none to show, an example that does not. */
export function DemoWeek() {
  const demo = useLoading("demo-plan", fetchDemoPlan);
  const plan = demo.value.value?.plan;
  if (plan) return <LiveWeek plan={plan} />;
  if (demo.value.value || demo.failure.value) return <ExampleWeek />;
  return <WeekSheet days={null} isLive={false} />;
}

function LiveWeek({ plan }: { readonly plan: NonNullable<DemoPlan["plan"]> }) {
  const { _id: planId, share } = plan;
  const store = usePlanStore({ planId, share, tabGroup: `demo:${planId}`, edits: null, plan: null });
  const state = store.state.value;
  const isKnown = store.head.value !== null;
  if (ENDED.has(state) || store.deleted.value) return <ExampleWeek />;
  if (HELD_UP.has(state) && !isKnown) return <ExampleWeek />;
  const days = isKnown ? sheetOf(dishesOf(store)) : null;
  return (
    <>
      <WeekSheet days={days} isLive={state === "live"} />
      <p class="sheet-caption">{state === "live" && "This one is real: it changes while you read."}</p>
    </>
  );
}

function ExampleWeek() {
  return (
    <>
      <WeekSheet days={sheetOf(EXAMPLE_WEEK)} isLive={false} />
      <p class="sheet-caption">A week, as an example.</p>
    </>
  );
}
