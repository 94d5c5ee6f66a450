import { afterAll, beforeAll, expect, test } from "vitest";

import type { DemoPlan } from "../../protocol/demoPlan.ts";
import type { Household } from "../../protocol/household.ts";
import type { MealPlan, Share } from "../../protocol/mealPlan.ts";
import { enter, makeHome, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { startStack, type Stack } from "../support/stack.ts";

const DEMO = { email: "demo@example.com", name: "Demo", password: "a long password" } as const;

let stack: Stack;
let owner: Person;
let plan: MealPlan;

beforeAll(async () => {
  stack = await startStack({ vars: { DEMO_ACCOUNT: "Demo@Example.com" } });
  owner = await enter(stack.url, "register", DEMO);
  const household = await owner.json<Household>("POST", "/api/households", { name: "The Does" });
  plan = await owner.json<MealPlan>("GET", `/api/households/${household._id}/mealplans`);
});
afterAll(() => stack.stop());

async function demoPlan(query = ""): Promise<DemoPlan["plan"]> {
  const response = await fetch(`${stack.url}/api/demo-plan${query}`);
  expect(response.headers.get("cache-control")).toBe("public, max-age=60");
  return ((await response.json()) as DemoPlan).plan;
}

test("however often it is asked for, in whatever way, the demo week has one link, which ends with the week", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => demoPlan(`?n=${index}`)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?._id).toBe(plan._id);
  const shares = await owner.json<Share[]>("GET", `/api/mealplans/${plan._id}/shares`);
  expect(shares.length).toBe(1);
  const left = Date.parse(shares[0]?.expiresAt ?? "") - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(8 * 86_400_000);
});

test("its token reads that week and no other, tells no names, and changes nothing", async () => {
  const demo = await demoPlan();
  const path = `/api/mealplans/${demo?._id}`;
  const read = await fetch(`${stack.url}${path}?share=${demo?.share}`);
  const shown = (await read.json()) as MealPlan;
  expect(shown._id).toBe(plan._id);
  expect(JSON.stringify(shown)).not.toContain(owner.user._id);
  const other = await makeHome(stack.url);
  const strange = await fetch(`${stack.url}/api/mealplans/${other.plan._id}?share=${demo?.share}`);
  await expectProblem(strange, "not-found");
  const added = await fetch(`${stack.url}${path}/entries?share=${demo?.share}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ day: "monday", meal: "dinner", title: "Soup" }),
  });
  await expectProblem(added, "signed-out");
});

test("where no account is named, there is nothing to see", async () => {
  const bare = await startStack({ mongoUri: stack.mongoUri });
  const response = await fetch(`${bare.url}/api/demo-plan`);
  expect(await response.json()).toEqual({ plan: null });
  await bare.stop();
});
