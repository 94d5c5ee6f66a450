import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Recipe } from "../../protocol/recipe.ts";
import { readRecipe } from "../../web/api/recipes.ts";
import { topicUrl } from "../../web/api/streams.ts";
import { Kept } from "../../web/store/Kept.ts";
import { LiveItems } from "../../web/store/LiveItems.ts";
import { LiveTopics } from "../../web/store/LiveTopics.ts";
import { StreamServer, type OpenedStream } from "./support/StreamServer.ts";
import { stubBrowser } from "./support/stubBrowser.ts";
import { until } from "./support/until.ts";

const LIVE = { event: "live", data: "{}" };

let server: StreamServer;
let group: string;
let close: (() => void)[];

beforeEach(async () => {
  server = await StreamServer.start();
  stubBrowser(server.url);
  group = crypto.randomUUID();
  close = [];
});

afterEach(async () => {
  for (const end of close) end();
  await server.stop();
  vi.unstubAllGlobals();
});

/** A cookbook's page. */
function recipesOf(householdId: string): LiveItems<Recipe> {
  return new LiveItems({
    url: topicUrl("recipes", householdId),
    tabGroup: `${group}:${householdId}`,
    transport: "sse",
    parse: readRecipe,
    known: null,
  });
}

function recipe(_id: string, title: string, householdId = "h"): Recipe {
  return readRecipe({ _id, title, householdId });
}

function wire(id: string, item: Recipe) {
  return { id, data: JSON.stringify(item) };
}

/** Opens a cookbook that holds soup and stew. */
async function openCookbook(): Promise<{ cookbook: LiveItems<Recipe>; stream: OpenedStream }> {
  const cookbook = recipesOf("h");
  close.push(cookbook.watch());
  const stream = await server.nextStream();
  stream.send(wire("e-1", recipe("1", "Soup")), wire("e-2", recipe("2", "Stew")), LIVE);
  await until(() => titles(cookbook).length === 2);
  return { cookbook, stream };
}

function titles({ items }: { items: { value: readonly Recipe[] | null } }): readonly string[] {
  return items.value?.map(({ title }) => title) ?? [];
}

test("a recipe that somebody adds appears, one that is deleted goes, without a reload", async () => {
  const { cookbook, stream } = await openCookbook();
  stream.send(wire("e-3", recipe("3", "Figs")));
  await until(() => titles(cookbook).includes("Figs"));
  stream.send({ id: "e-4", event: "removed", data: '{"_id":"1"}' });
  await until(() => titles(cookbook).length === 2);
  expect(titles(cookbook)).toEqual(["Stew", "Figs"]);
});

test("an empty cookbook is known to be empty, and not before it is", async () => {
  const cookbook = recipesOf("h");
  close.push(cookbook.watch());
  const stream = await server.nextStream();
  expect(cookbook.items.value).toBeNull();
  stream.send(LIVE);
  await until(() => cookbook.items.value?.length === 0);
});

test("where no stream gets through, the items are read", async () => {
  server.refuseStreams = 502;
  server.answer = (_request, { pathname }) =>
    pathname === "/api/streams/recipes/h"
      ? { status: 200, body: { id: "e-1", items: [recipe("1", "Soup")] } }
      : { status: 404 };
  const cookbook = recipesOf("h");
  close.push(cookbook.watch());
  await until(() => titles(cookbook).includes("Soup"));
  expect(cookbook.state.value).toBe("reconnecting");
});

/** Waits for the streams of some cookbooks, whichever comes first. */
async function streamsOf(...keys: readonly string[]): Promise<Record<string, OpenedStream>> {
  const streams: Record<string, OpenedStream> = {};
  for (const _ of keys) {
    const stream = await server.nextStream();
    streams[stream.url.pathname.split("/").at(-1) ?? ""] = stream;
  }
  expect(Object.keys(streams).toSorted()).toEqual(keys.toSorted());
  return streams;
}

test("the recipes of all households are one list; those of a household that is lost go, those of a new one come", async () => {
  const households = signal<readonly string[] | null>(null);
  const all = new LiveTopics(households, recipesOf);
  close.push(all.watch());
  expect(all.items.value).toBeNull();
  households.value = ["a", "b"];
  const { a, b } = await streamsOf("a", "b");
  expect(all.items.value).toBeNull();
  a?.send(wire("e-1", recipe("1", "Soup", "a")), LIVE);
  await until(() => titles(all).length === 1);
  expect(all.state.value).toBe("connecting");
  b?.send(wire("e-1", recipe("2", "Stew", "b")), LIVE);
  await until(() => all.state.value === "live" && titles(all).length === 2);
  b?.send({ event: "revoked", data: '{"reason":"no-longer-a-member"}' });
  await until(() => all.isLost("b"));
  expect(titles(all)).toEqual(["Soup"]);
  expect(all.state.value).toBe("live");
  households.value = ["a", "b", "c"];
  const again = await streamsOf("b", "c");
  again["b"]?.send(wire("e-1", recipe("2", "Stew", "b")), LIVE);
  again["c"]?.send(wire("e-1", recipe("3", "Figs", "c")), LIVE);
  await until(() => titles(all).length === 3);
  households.value = ["c"];
  await a?.closed;
  expect(titles(all)).toEqual(["Figs"]);
});

test("somebody without a household has no recipes, and is not kept waiting", () => {
  const all = new LiveTopics(signal([]), recipesOf);
  close.push(all.watch());
  expect(all.items.value).toEqual([]);
});

test("from one page to the next a stream stays open; it is closed when nobody came back to it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const kept = new Kept(recipesOf);
  const leave = kept.use("h");
  const stream = await server.nextStream();
  stream.send(wire("e-1", recipe("1", "Soup")), LIVE);
  const cookbook = kept.get("h");
  await until(() => titles(cookbook).length === 1);
  leave();
  vi.advanceTimersByTime(5_000);
  const leaveAgain = kept.use("h");
  expect(kept.get("h")).toBe(cookbook);
  const leaveSecond = kept.use("h");
  leaveSecond();
  vi.advanceTimersByTime(20_000);
  stream.send(wire("e-2", recipe("2", "Stew")));
  await until(() => titles(cookbook).length === 2);
  expect(server.unclaimed).toBe(0);
  leaveAgain();
  vi.advanceTimersByTime(10_000);
  await stream.closed;
  vi.useRealTimers();
  expect(kept.get("h")).not.toBe(cookbook);
});
