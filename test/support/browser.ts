import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

import type { Person } from "./people.ts";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the Chromium that the test command has found. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"];
  if (!executablePath) throw new Error("CHROMIUM_PATH is not set: run the tests with npm test");
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

/** A browser of their own for somebody who is signed in already. */
export async function browserOf(browser: Browser, person: Person): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.addCookies(person.cookie.split("; ").map((cookie) => sessionCookie(cookie, person.url)));
  return context;
}

function sessionCookie(cookie: string, url: string) {
  const [name = "", ...value] = cookie.split("=");
  return { name, value: value.join("="), url, httpOnly: true, sameSite: "Lax" as const };
}

/** Opens a plan and waits until it is live. */
export async function openPlan(context: BrowserContext, url: string, planId: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/plans/${planId}`);
  await untilState(page, "live");
  return page;
}

/** Waits until the page says that its connection is in a state. */
export async function untilState(page: Page, state: string): Promise<void> {
  await page.locator(`[data-state="${state}"]`).first().waitFor();
}

/** The titles of all dishes that a page shows, place by place, sorted. */
export async function shownDishes(page: Page): Promise<string[]> {
  const dishes = await page
    .locator("[data-day]")
    .evaluateAll((cells) =>
      cells.flatMap((cell) =>
        [...cell.querySelectorAll("[data-entry-id] .entry-title")].map(
          (title) =>
            `${cell.getAttribute("data-day")} ${cell.getAttribute("data-meal")}: ${title.textContent}`,
        ),
      ),
    );
  return dishes.toSorted();
}
