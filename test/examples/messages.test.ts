import { afterAll, beforeAll, expect, test } from "vitest";

import type { Terminal } from "./Terminal.ts";
import { Walkthrough } from "./Walkthrough.ts";

const TIMEOUT = { timeout: 20_000 };

let messages: Walkthrough;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  messages = await Walkthrough.start("messages", (end) => ends.push(end));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

function post(name: string, message: string): Promise<Response> {
  return fetch(`${messages.url}/api/streams/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, message }),
  });
}

async function untilSays(terminal: Terminal, words: string): Promise<void> {
  await expect.poll(() => terminal.output, TIMEOUT).toContain(words);
}

test("connect, observe, insert, resume: as the tutorial says", async () => {
  const connected = messages.type("curl -N http");
  const observed = messages.type("message-changes");
  await Promise.all([connected, observed].map((terminal) => untilSays(terminal, "event: live")));
  await messages.type("insertMany").ended();
  await untilSays(connected, "Ahoy");
  await untilSays(observed, `"operationType":"insert"`);
  expect(observed.output).toContain("event: change");

  await connected.stop();
  const id = [...connected.output.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? "";
  expect((await post("Ada", "Meanwhile")).status).toBe(201);
  const resumed = messages.type("Last-Event-ID", (command) => command.replace("<id>", id));
  await untilSays(resumed, "Meanwhile");
  expect(resumed.output).not.toContain("Ahoy");
  expect(resumed.output).not.toContain("event: reset");
});

test("a variable filters, and one that is not declared is refused by its name", async () => {
  await post("Grace", "Not for Ada");
  await post("Ada", "For Ada");
  const filtered = messages.type("curl -N 'http");
  await untilSays(filtered, "For Ada");
  await untilSays(filtered, "event: live");
  expect(filtered.output).not.toContain("Grace");
  const refused = await messages.type("author=Ada").ended();
  expect(refused).toContain(`"status":400`);
  expect(refused).toContain("author");
});

test("WebSocket clients get the same, and what is there can be read once", async () => {
  await post("Ada", "By all ways");
  const socket = messages.type("WebSocket");
  await untilSays(socket, `"message":"By all ways"`);
  await untilSays(socket, `"event":"live"`);
  expect(await messages.type("accept: application/json").ended()).toContain(`"message":"By all ways"`);
});

test.each(["server-sent events", "WebSocket"])(
  "the page shows all, or those of one author, by %s",
  async (transport) => {
    await post("Grace", `Grace by ${transport}`);
    const page = await messages.openPage();
    const items = page.locator("#items");
    await page.getByLabel("By").selectOption({ label: transport });
    await items.getByText(`Grace by ${transport}`).waitFor();
    await page.getByLabel("Only those of").fill("Ada");
    await page.getByLabel("Only those of").blur();
    await expect.poll(() => items.getByText("Grace").count(), TIMEOUT).toBe(0);
    await post("Ada", `Ada by ${transport}`);
    await items.getByText(`Ada by ${transport}`).waitFor();
    expect(await items.getByText("Grace").count()).toBe(0);
    await page.locator("#changes").getByText(`Ada by ${transport}`).waitFor();
  },
);
