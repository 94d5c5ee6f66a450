import { afterAll, beforeAll, expect, test } from "vitest";

import { Walkthrough } from "./Walkthrough.ts";

let users: Walkthrough;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  users = await Walkthrough.start("users", (end) => ends.push(end));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

test("a table follows its collection through insert, update and delete", async () => {
  const pages = await Promise.all([users.openPage(), users.openPage()]);
  for (const page of pages) expect(await page.locator("#items tr").count()).toBe(0);
  await users.type("insertOne").ended();
  for (const page of pages) await page.getByRole("row", { name: "Ada ada@example.com" }).waitFor();
  await users.type("updateOne").ended();
  for (const page of pages) await page.getByRole("row", { name: "Ada lovelace@example.com" }).waitFor();
  await users.type("deleteOne").ended();
  for (const page of pages) await expect.poll(() => page.locator("#items tr").count()).toBe(0);
});

test("a client that wants its heartbeat as a comment gets comments, and no event for it", async () => {
  const curl = users.type("curl");
  await expect.poll(() => curl.output.match(/^:/gm)?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(curl.output).toContain("event: live");
  expect(curl.output).not.toContain("event: ping");
});

test("what is typed into the page's form is in every table, and text stays text", async () => {
  const [page, other] = await Promise.all([users.openPage(), users.openPage()]);
  await page.getByLabel("Name").fill("<b>Grace</b>");
  await page.getByLabel("Email").fill("grace@example.com");
  await page.getByRole("button").click();
  for (const each of [page, other]) {
    await each.getByRole("cell", { name: "<b>Grace</b>", exact: true }).waitFor();
    expect(await each.locator("#items b").count()).toBe(0);
  }
});
