import type { Locator, Page } from "playwright-core";

/** Adds a dish by the form of a place, as in “Monday dinner”. */
export async function addDish(page: Page, place: string, title: string): Promise<void> {
  await page.getByRole("button", { name: `Add to ${place}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Dish").fill(title);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
}

/** Opens a dish's form. @returns the form's dialog. */
export async function openDish(page: Page, title: string): Promise<Locator> {
  await page.getByRole("button", { name: `Edit ${title}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
}
