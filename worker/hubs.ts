import type { MealPlanHub } from "../durable-objects/hub/MealPlanHub.ts";
import { mealPlanTopic } from "../protocol/mealPlanStream.ts";
import type { Environment } from "./environment.ts";

/** The hub of a meal plan. */
export function hubOf(env: Environment, planId: string): DurableObjectStub<MealPlanHub> {
  return env.HUBS.getByName(mealPlanTopic(planId));
}
