import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { untilState } from "../support/browser.ts";
import { expectProblem } from "../support/problems.ts";
import { TcpProxy } from "../support/TcpProxy.ts";
import { FRIEND, Walkthrough } from "./Walkthrough.ts";

const TIMEOUT = { timeout: 20_000 };

let facts: Walkthrough;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  facts = await Walkthrough.start("facts", (end) => ends.push(end));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

function readFrom(origin: string): Promise<Response> {
  return fetch(`${facts.url}/api/streams/facts`, { headers: { origin, accept: "application/json" } });
}

test("a fact that is posted is heard by all, and the status counts who listens", async () => {
  const pages = await Promise.all([facts.openPage(), facts.openPage()]);
  const curl = facts.type("curl -N");
  await expect.poll(() => curl.output, TIMEOUT).toContain("event: live");
  expect(await facts.type("-d").ended()).toContain(`"source":"the aquarium"`);
  for (const page of pages) await page.getByText("Otters hold hands while they sleep.").waitFor();
  await expect.poll(() => curl.output, TIMEOUT).toContain("Otters");

  await expect.poll(() => facts.type("/status").ended(), TIMEOUT).toContain(`"clients":3`);
  await pages[0]?.getByText("Streams that are open: 3.").waitFor();
  await curl.stop();
  await expect.poll(() => facts.type("/status").ended(), TIMEOUT).toContain(`"clients":2`);
});

test("a page of an origin that was allowed at the start may read along, and no other", async () => {
  const answer = await readFrom(FRIEND);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe(FRIEND);
  await expectProblem(await readFrom("https://stranger.example"), "foreign-origin");
});

test("a page whose connection is cut comes back by itself, with what it missed", async () => {
  const proxy = await TcpProxy.start(Number(new URL(facts.url).port));
  onTestFinished(() => proxy.stop());
  const page = await facts.openPage(`http://127.0.0.1:${proxy.port}`);
  proxy.freeze();
  proxy.cut();
  await untilState(page, "reconnecting");
  await facts.type("-d", (command) => command.replace("Otters", "Sea otters")).ended();
  proxy.thaw();
  proxy.cut();
  await page.getByText("Sea otters hold hands while they sleep.").waitFor();
  await untilState(page, "live");
});
