import { afterAll, beforeAll, expect, test } from "vitest";

import { Walkthrough } from "./Walkthrough.ts";

let creatures: Walkthrough;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  creatures = await Walkthrough.start("creatures", (end) => ends.push(end));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

test("what is inserted in a terminal is in the picture list of every browser", async () => {
  const pages = await Promise.all([creatures.openPage(), creatures.openPage()]);
  await creatures.type("insertOne").ended();
  for (const page of pages) await page.getByRole("listitem").filter({ hasText: "🦦Otter" }).waitFor();
  expect(await creatures.type("Fox").ended()).toContain(`"picture":"🦊"`);
  for (const page of pages) await page.getByRole("listitem").filter({ hasText: "🦊Fox" }).waitFor();
});

test("what is no creature is refused with a word for each field", async () => {
  const refusal = await creatures.type("alert").ended();
  expect(refusal).toContain(`{"path":"name","message":"This must not be empty"}`);
  expect(refusal).toContain(`{"path":"picture","message":"An emoji, an https address or a data: image"}`);
});

test("the form says what was wrong with a picture, and takes one that is right", async () => {
  const page = await creatures.openPage();
  await page.getByLabel("Name").fill("Crab");
  await page.getByLabel("Picture").fill("javascript:alert()");
  await page.getByRole("button").click();
  await page.getByRole("alert").filter({ hasText: "picture: An emoji, an https address" }).waitFor();
  await page.getByLabel("Picture").fill("🦀");
  await page.getByRole("button").click();
  await page.getByRole("listitem").filter({ hasText: "🦀Crab" }).waitFor();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
});

test("a picture that a terminal slipped in is never more than text or an image", async () => {
  const page = await creatures.openPage();
  const pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
  await creatures
    .type("insertOne", (command) =>
      command
        .replace("insertOne({", `insertMany([{ name: "Pixel", picture: "${pixel}" }, {`)
        .replace("})'", "}])'")
        .replace("🦦", "javascript:document.title=1"),
    )
    .ended();
  const image = page.getByRole("listitem").filter({ hasText: "Pixel" }).locator("img");
  await image.waitFor();
  expect(await image.getAttribute("src")).toBe(pixel);
  await page.getByRole("listitem").filter({ hasText: "javascript:docum" }).waitFor();
  expect(await page.title()).toBe("Creatures");
});
