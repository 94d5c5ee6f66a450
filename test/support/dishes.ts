import type { Page } from "playwright-core";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Home, Person } from "./people.ts";

/** Adds a dish through the API and answers its id. */
export async function addDishAs(person: Person, home: Home, place: string, title: string): Promise<string> {
  const [day, meal] = place.split(" ");
  const path = `/api/mealplans/${home.plan._id}/entries`;
  const { entries } = await person.json<MealPlan>("POST", path, { day, meal, title });
  return entries.find((entry) => entry.title === title)?._id ?? "";
}

/** Changes a dish through the API. */
export async function changeDishAs(person: Person, home: Home, id: string, change: object): Promise<void> {
  await person.json("PATCH", `/api/mealplans/${home.plan._id}/entries/${id}`, change);
}

/** Removes a dish through the API. */
export async function removeDishAs(person: Person, home: Home, id: string): Promise<void> {
  await person.json("DELETE", `/api/mealplans/${home.plan._id}/entries/${id}`);
}

/** The name (or the text) of what has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return "nothing";
    return activeElement.getAttribute("aria-label") ?? activeElement.textContent;
  });
}
