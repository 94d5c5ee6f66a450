import { MongoClient, ObjectId } from "mongodb";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startServer } from "../../local-atlas/server.ts";
import { browserOf, openPlan, shownDishes, startBrowser, untilState } from "../support/browser.ts";
import type { ChildServer } from "../support/ChildServer.ts";
import { startFeed } from "../support/feed.ts";
import { join, makeHome } from "../support/people.ts";
import { workerProcess } from "../support/processes.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const CHANGES = 50;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Awaited<ReturnType<typeof startServer>>;
let database: MongoClient;
let worker: ChildServer;
let browser: Browser;
let url: string;
let mongoUri: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startServer({ port: 0, dataDir: null });
  mongoUri = `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0`;
  database = await MongoClient.connect(mongoUri);
  worker = await workerProcess(folder.path, mongoUri, { HEARTBEAT_SECONDS: "1" });
  await worker.start();
  url = `http://127.0.0.1:${worker.port}`;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await worker.kill();
  await database.close();
  await server.close();
  await folder[Symbol.asyncDispose]();
});

/** Notes how few dishes the page has shown since, at its worst. */
async function watchForGaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = { fewest: Infinity };
    const look = () => {
      seen.fewest = Math.min(seen.fewest, document.querySelectorAll("[data-entry-id]").length);
    };
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    Object.assign(globalThis, { seen });
  });
  return () => page.evaluate(() => (globalThis as unknown as { seen: { fewest: number } }).seen.fewest);
}

test("the Worker is killed and fifty changes are made meanwhile: both windows ride through it and end equal", async () => {
  const home = await makeHome(url);
  const jane = await join(home, "Jane");
  await startFeed({ url, mongoUri });
  const pages = [
    await openPlan(await browserOf(browser, home.owner), url, home.plan._id),
    await openPlan(await browserOf(browser, jane), url, home.plan._id),
  ] as const;
  const plans = database.db().collection<{ entries: unknown[] }>("mealplans");
  const filter = { _id: new ObjectId(home.plan._id) };
  const add = (title: string) =>
    plans.updateOne(filter, {
      $push: { entries: { _id: new ObjectId(), day: "monday", meal: "dinner", title } },
    });
  await add("before");
  await Promise.all(pages.map((page) => page.getByRole("button", { name: "Edit before" }).waitFor()));
  const fewest = await Promise.all(pages.map(watchForGaps));

  await worker.kill();
  await Promise.all(pages.map((page) => untilState(page, "reconnecting")));
  for (let change = 1; change <= CHANGES; change++) await add(`change ${change}`);
  await worker.start();

  await Promise.all(
    pages.map((page) => page.getByRole("button", { name: `Edit change ${CHANGES}` }).waitFor()),
  );
  await Promise.all(pages.map((page) => untilState(page, "live")));
  const held = (await plans.findOne(filter))?.entries as { title: string }[];
  const expected = held.map(({ title }) => `monday dinner: ${title}`).toSorted();
  for (const page of pages) expect(await shownDishes(page)).toEqual(expected);
  for (const count of fewest) expect(await count()).toBe(1);
  await Promise.all(pages.map((page) => page.context().close()));
});

test("an edit that is made while the server is gone is shown as waiting, and is saved when it is back", async () => {
  const home = await makeHome(url);
  const page = await openPlan(await browserOf(browser, home.owner), url, home.plan._id);
  await worker.kill();
  await page.getByRole("button", { name: "Add to Sunday lunch" }).click();
  await page.getByRole("dialog").getByLabel("Dish").fill("Leftovers");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  const card = page.locator("[data-entry-id]", { hasText: "Leftovers" });
  await card.getByText("here only").waitFor();
  await page.getByText("1 edit waiting").waitFor();
  await worker.start();
  await untilState(page, "live");
  await card.getByText("here only").waitFor({ state: "detached" });
  const plan = await home.owner.json("GET", `/api/mealplans/${home.plan._id}`);
  expect(plan).toMatchObject({ entries: [{ title: "Leftovers", day: "sunday", meal: "lunch" }] });
  await page.context().close();
});

test("where the browser believes that there is no network, a server on this machine is live all the same", async () => {
  const home = await makeHome(url);
  const context = await browserOf(browser, home.owner);
  await context.addInitScript(() => Object.defineProperty(navigator, "onLine", { get: () => false }));
  const page = await openPlan(context, url, home.plan._id);
  await worker.kill();
  await untilState(page, "offline");
  await worker.start();
  await untilState(page, "live");
  await context.close();
});

test("a tab that hangs during an outage does not keep the other tabs from coming back", async () => {
  const home = await makeHome(url);
  const context = await browserOf(browser, home.owner);
  const leader = await openPlan(context, url, home.plan._id);
  const follower = await context.newPage();
  await follower.addInitScript(hurry);
  await follower.goto(`${url}/plans/${home.plan._id}`);
  await untilState(follower, "live");
  await worker.kill();
  await untilState(follower, "reconnecting");
  const breakpoint = await context.newCDPSession(leader);
  await breakpoint.send("Debugger.enable");
  await breakpoint.send("Debugger.pause");
  await worker.start();
  await untilState(follower, "live");
  const entry = { day: "monday", meal: "lunch", title: "Thawed peas" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  await follower.getByRole("button", { name: "Edit Thawed peas" }).waitFor();
  await breakpoint.send("Debugger.disable");
  await leader.getByRole("button", { name: "Edit Thawed peas" }).waitFor();
  await context.close();
});

/** Lets time run twenty times as fast for whatever a page waits for. */
function hurry(): void {
  const wait = window.setTimeout.bind(window);
  Object.assign(window, { setTimeout: (job: () => void, delay = 0) => wait(job, delay / 20) });
}
