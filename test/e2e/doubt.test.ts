import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { startServer } from "../../local-atlas/server.ts";
import { browserOf, openPlan, startBrowser, untilState } from "../support/browser.ts";
import type { ChildServer } from "../support/ChildServer.ts";
import { makeHome, type Home } from "../support/people.ts";
import { workerProcess } from "../support/processes.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Longer than the doubt: it must not wait for a heartbeat that fails to come. */
const HEARTBEAT_SECONDS = "60";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Awaited<ReturnType<typeof startServer>>;
let worker: ChildServer;
let browser: Browser;
let url: string;
let home: Home;
let page: Page;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startServer({ port: 0, dataDir: null });
  const mongoUri = `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0`;
  worker = await workerProcess(folder.path, mongoUri, { HEARTBEAT_SECONDS });
  await worker.start();
  url = `http://127.0.0.1:${worker.port}`;
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await worker.kill();
  await server.close();
  await folder[Symbol.asyncDispose]();
});

beforeEach(async () => {
  home = await makeHome(url);
  const context = await browserOf(browser, home.owner);
  // The page's time is in the test's hand; it runs as usual until it is told to hurry.
  await context.clock.install();
  page = await openPlan(context, url, home.plan._id);
  return () => context.close();
});

function badge() {
  return page.locator(".badge");
}

test("a server that is frozen with its sockets open is doubted after 25 seconds, and believed again when it speaks", async () => {
  await untilState(page, "live");
  worker.freeze();
  try {
    await page.clock.runFor(10_000);
    expect(await badge().textContent()).toBe("Live");
    await page.clock.runFor(15_000);
    await untilState(page, "doubted");
    expect(await badge().textContent()).toMatch(/^Last heard [23]\d s ago$/);
    await page.clock.runFor(20_000);
    expect(await badge().textContent()).toMatch(/^Last heard [45]\d s ago$/);
  } finally {
    worker.thaw();
  }
  const entry = { day: "monday", meal: "lunch", title: "Thawed peas" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  await page.getByRole("button", { name: "Edit Thawed peas" }).waitFor();
  await untilState(page, "live");
  expect(await badge().textContent()).toBe("Live");
});

test("the details of the status tell how and when the server was heard, and why the last connection ended", async () => {
  const details = page.locator(".connection-details");
  await details.locator("summary", { hasText: "Connection details" }).click();
  await details.getByText("Event stream").waitFor();
  await details.getByText("Not since this page was opened.").waitFor();
  await details.getByText(/^\d\d:\d\d:\d\d$/).waitFor();
  await worker.kill();
  await details.getByText("It broke off.").waitFor();
  await page.keyboard.press("Escape");
  await details.getByText("Last closed").waitFor({ state: "hidden" });
  await worker.start();
  await untilState(page, "live");
});
