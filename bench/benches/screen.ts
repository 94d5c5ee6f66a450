import { MongoClient, ObjectId } from "mongodb";
import type { Browser, Page } from "playwright-core";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { browserOf, openPlan, startBrowser } from "../../test/support/browser.ts";
import { findBrowser } from "../../test/support/findBrowser.ts";
import { join, makeHome, type Home } from "../../test/support/people.ts";
import { TEST_SECRETS } from "../../test/support/stack.ts";
import { quantile } from "../measure/statistics.ts";
import { ServerProcess } from "../ServerProcess.ts";

// Write to screen: from a write to the other member's window.
//
// Method. The stack as `npm start` runs it: wrangler's own server in front of the Worker, the local database, and the
// trigger runner in Atlas's place. Chromium holds a window of another member with the plan open. The bench changes a
// dish's title, alternately by `PATCH` of the API and by the official driver in the database, and an observer in the
// window notes when the new title is in the DOM. Both clocks are the machine's. The time counts from before the request;
// the next write waits until the window shows the one before. Five writes of each kind warm up.

const WRITES = 60;
const QUICK_WRITES = 5;
const WARM_UP = 5;

/** One road of a change, in milliseconds. */
export interface ScreenRow {
  readonly road: "API call" | "write to the database";
  readonly writes: number;
  readonly p50: number;
  readonly p95: number;
}

/** Runs it; `null` where there is no browser. */
export async function screen(quick: boolean): Promise<ScreenRow[] | null> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    console.log("There is no Chromium here (CHROMIUM_PATH names one): write to screen is left out");
    return null;
  }
  process.env["CHROMIUM_PATH"] = executablePath;
  const stack = await ServerProcess.start("stack");
  const url = `http://127.0.0.1:${stack.served.port}`;
  const mongoUri = stack.served.details["mongoUri"] ?? "";
  const triggers = await ServerProcess.start("triggers", {
    MONGODB_URI: mongoUri,
    HOOK_URL: `${url}/api/hooks/atlas`,
    HOOK_SECRET: TEST_SECRETS.ATLAS_HOOK_SECRET,
  });
  const browser = await startBrowser();
  try {
    return await measure(browser, url, mongoUri, quick ? QUICK_WRITES : WRITES);
  } finally {
    await browser.close();
    await triggers.stop();
    await stack.stop();
  }
}

async function measure(
  browser: Browser,
  url: string,
  mongoUri: string,
  writes: number,
): Promise<ScreenRow[]> {
  const client = await MongoClient.connect(mongoUri);
  const home = await makeHome(url);
  const entry = { day: "monday", meal: "dinner", title: "Begin" };
  const path = `/api/mealplans/${home.plan._id}/entries`;
  const plan = await home.owner.json<MealPlan>("POST", path, entry);
  const jane = await join(home, "Jane");
  const page = await openPlan(await browserOf(browser, jane), url, home.plan._id);
  const roads = {
    "API call": (title: string) => changeByApi(home, `${path}/${plan.entries[0]?._id}`, title),
    "write to the database": (title: string) => changeInDatabase(client, home.plan._id, title),
  };
  const times: Record<keyof typeof roads, number[]> = { "API call": [], "write to the database": [] };
  for (let write = -WARM_UP; write < writes; write++) {
    for (const road of ["API call", "write to the database"] as const) {
      const took = await timeOne(page, roads[road], `Dish ${road} ${write}`);
      if (write >= 0) times[road].push(took);
    }
  }
  await client.close();
  return Object.entries(times).map(([road, values]) => ({
    road: road as ScreenRow["road"],
    writes: values.length,
    p50: quantile(values, 0.5),
    p95: quantile(values, 0.95),
  }));
}

async function changeByApi(home: Home, path: string, title: string): Promise<void> {
  await home.owner.json("PATCH", path, { title });
}

async function changeInDatabase(client: MongoClient, planId: string, title: string): Promise<void> {
  const plans = client.db("mealcast").collection("mealplans");
  await plans.updateOne({ _id: new ObjectId(planId) }, { $set: { "entries.0.title": title } });
}

async function timeOne(page: Page, write: (title: string) => Promise<void>, title: string): Promise<number> {
  // The observer is in place before the write: the answer of this call says so.
  await page.evaluate(watchFor, title);
  const sentAt = performance.timeOrigin + performance.now();
  const [shownAt] = await Promise.all([page.evaluate(() => window.shownAt), write(title)]);
  if (shownAt === undefined) throw new Error("The window was not watching");
  return shownAt - sentAt;
}

declare global {
  interface Window {
    /** When the awaited text was in the DOM, in milliseconds since 1970. */
    shownAt?: Promise<number>;
  }
}

/** Runs in the window. */
function watchFor(title: string): void {
  window.shownAt = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent?.includes(title)) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
