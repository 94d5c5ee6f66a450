import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cellName } from "../../web/store/Entries.ts";
import { PlanStore } from "../../web/store/PlanStore.ts";
import { StreamServer, type OpenedStream } from "./support/StreamServer.ts";
import { stubBrowser } from "./support/stubBrowser.ts";
import { until } from "./support/until.ts";

const PLAN_ID = "a".repeat(24);
const SOUP = {
  _id: "1".repeat(24),
  day: "monday",
  meal: "dinner",
  recipeId: null,
  title: "Soup",
  servings: 2,
  note: "",
};
const BREAD = { day: "monday", meal: "dinner", recipeId: null, title: "Bread", servings: null, note: "" };
const DINNER = cellName("monday", "dinner");

let server: StreamServer;
let store: PlanStore;
let stream: OpenedStream;
let close: () => void;

beforeEach(async () => {
  server = await StreamServer.start();
  stubBrowser(server.url);
  store = new PlanStore({ planId: PLAN_ID, share: null, tabGroup: crypto.randomUUID(), plan: null });
  close = store.watch();
  stream = await server.nextStream();
  publish(1, [SOUP]);
  stream.send({ event: "live", data: "{}" });
  await until(() => store.state.value === "live");
});

afterEach(async () => {
  close();
  await server.stop();
  vi.unstubAllGlobals();
});

function planAt(second: number, entries: readonly object[]) {
  const updatedAt = new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString();
  return { _id: PLAN_ID, householdId: "b".repeat(24), week: "2026-W47", entries, memberIds: [], updatedAt };
}

function publish(second: number, entries: readonly object[]): void {
  stream.send({ id: `e-${second}`, data: JSON.stringify(planAt(second, entries)) });
}

function titles(): readonly string[] {
  const ids = store.entries.cell(DINNER).value;
  return ids.map((id) => store.entries.view(id)?.value.entry.title ?? "");
}

function statusOf(id: string): string | undefined {
  return store.entries.view(id)?.value.status;
}

test("what is on the stream is on the page", async () => {
  expect(titles()).toEqual(["Soup"]);
  publish(2, [{ ...SOUP, title: "Broth" }]);
  await until(() => titles()[0] === "Broth");
});

test("a dish shows before the server has it, and is sent with an id of 24 hex digits", async () => {
  const sent = Promise.withResolvers<Record<string, unknown>>();
  server.answer = (_request, _url, body) => {
    const entry = JSON.parse(body) as Record<string, unknown>;
    sent.resolve(entry);
    return { status: 201, body: planAt(2, [SOUP, entry]) };
  };
  store.add(BREAD);
  expect(titles()).toEqual(["Soup", "Bread"]);
  const { _id, ...fields } = await sent.promise;
  // How many it serves is the recipe's to say, and who adds it is known.
  expect(fields).toEqual({ day: "monday", meal: "dinner", recipeId: null, title: "Bread", note: "" });
  expect(_id).toMatch(/^[0-9a-f]{24}$/);
  await until(() => statusOf(String(_id)) === "saved");
  expect(store.unsaved.value).toBe(false);
});

test("an older plan that the stream brings after the answer does not take a saved dish away", async () => {
  server.answer = (_request, _url, body) => ({ status: 201, body: planAt(5, [SOUP, JSON.parse(body)]) });
  store.add(BREAD);
  await until(() => !store.unsaved.value);
  publish(3, [SOUP, { ...SOUP, _id: "2".repeat(24), title: "Cheese" }]);
  await until(() => titles().includes("Cheese"));
  expect(titles()).toEqual(["Soup", "Cheese", "Bread"]);
});

test("an answer that is older than the stream does not undo what the stream said", async () => {
  const answer = Promise.withResolvers<void>();
  server.answer = async (_request, _url, body) => {
    await answer.promise;
    return { status: 200, body: planAt(2, [{ ...SOUP, ...JSON.parse(body) }]) };
  };
  store.change(SOUP._id, { note: "hot" });
  publish(3, [{ ...SOUP, note: "hot", title: "Broth" }]);
  await until(() => titles()[0] === "Broth");
  answer.resolve();
  await until(() => !store.unsaved.value);
  expect(titles()).toEqual(["Broth"]);
});

test("what somebody else made of a dish before the own change was answered is shown once it is", async () => {
  const answer = Promise.withResolvers<void>();
  server.answer = async () => {
    await answer.promise;
    return { status: 200, body: planAt(2, [{ ...SOUP, note: "hot" }]) };
  };
  store.change(SOUP._id, { note: "hot" });
  publish(3, [{ ...SOUP, note: "cold", title: "Broth" }]);
  await until(() => titles()[0] === "Broth");
  expect(store.entries.view(SOUP._id)?.value.entry.note).toBe("hot");
  answer.resolve();
  await until(() => store.entries.view(SOUP._id)?.value.entry.note === "cold");
});

test("where no stream gets through, the plan is read", async () => {
  server.refuseStreams = 502;
  server.answer = () => ({ status: 200, body: planAt(1, [SOUP]) });
  const other = new PlanStore({ planId: PLAN_ID, share: "token", tabGroup: crypto.randomUUID(), plan: null });
  const closeOther = other.watch();
  await until(() => other.head.value !== null);
  expect(other.state.value).toBe("reconnecting");
  closeOther();
});

test("a dish that the network lost stays, and a retry sends it under the same id", async () => {
  const ids: string[] = [];
  server.answer = (_request, _url, body) => {
    ids.push((JSON.parse(body) as { _id: string })._id);
    return ids.length === 1 ? null : { status: 201, body: planAt(2, [SOUP, JSON.parse(body)]) };
  };
  store.add(BREAD);
  const id = store.entries.cell(DINNER).value[1] ?? "";
  await until(() => statusOf(id) === "failed");
  expect(titles()).toEqual(["Soup", "Bread"]);
  publish(2, [SOUP]);
  store.retry(id);
  await until(() => statusOf(id) === "saved");
  expect(ids).toEqual([id, id]);
});

test("what the network lost is sent again as soon as the plan is live again", async () => {
  let isAway = true;
  server.answer = (_request, _url, body) =>
    isAway ? null : { status: 201, body: planAt(2, [SOUP, JSON.parse(body)]) };
  store.add(BREAD);
  const id = store.entries.cell(DINNER).value[1] ?? "";
  await until(() => statusOf(id) === "failed");
  stream.cut();
  await until(() => store.state.value === "reconnecting");
  isAway = false;
  window.dispatchEvent(new Event("online"));
  const again = await server.nextStream();
  again.send({ event: "live", data: "{}" });
  await until(() => statusOf(id) === "saved");
});

test("what somebody else changes after an own change is shown", async () => {
  server.answer = () => ({ status: 200, body: planAt(2, [{ ...SOUP, note: "hot" }]) });
  store.change(SOUP._id, { note: "hot" });
  await until(() => !store.unsaved.value);
  publish(3, [{ ...SOUP, note: "cold" }]);
  await until(() => store.entries.view(SOUP._id)?.value.entry.note === "cold");
});

test("what the server refuses stays with its reason until it is discarded", async () => {
  const fields = [{ path: "servings", message: "At most 50." }];
  server.answer = () => ({ status: 400, body: { code: "invalid-body", fields } });
  store.change(SOUP._id, { servings: 99 });
  await until(() => statusOf(SOUP._id) === "failed");
  expect(store.entries.view(SOUP._id)?.value.failed).toMatchObject({ kind: "change", failure: { fields } });
  store.discard(SOUP._id);
  expect(store.entries.view(SOUP._id)?.value).toMatchObject({ status: "saved", entry: { servings: 2 } });
});

test("removing a dish while it is being saved removes it after it was saved", async () => {
  const answer = Promise.withResolvers<void>();
  const requests: string[] = [];
  server.answer = async (request, _url, body) => {
    requests.push(`${request.method} begins`);
    if (request.method === "POST") await answer.promise;
    requests.push(`${request.method} ends`);
    return { status: 200, body: planAt(2, request.method === "POST" ? [SOUP, JSON.parse(body)] : [SOUP]) };
  };
  store.add(BREAD);
  const bread = store.entries.view(store.entries.cell(DINNER).value[1] ?? "")?.value.entry;
  if (!bread) throw new Error("There is no bread");
  await vi.waitUntil(() => requests.length > 0);
  store.remove(bread);
  expect(titles()).toEqual(["Soup"]);
  answer.resolve();
  await until(() => !store.unsaved.value);
  expect(requests).toEqual(["POST begins", "POST ends", "DELETE begins", "DELETE ends"]);
});

test("removing a dish that was never saved leaves nothing behind", async () => {
  server.answer = (request) =>
    request.method === "POST" ? null : { status: 404, body: { code: "not-found" } };
  store.add(BREAD);
  const id = store.entries.cell(DINNER).value[1] ?? "";
  await until(() => statusOf(id) === "failed");
  const bread = store.entries.view(id)?.value.entry;
  if (bread) store.remove(bread);
  await until(() => !store.unsaved.value);
  expect(titles()).toEqual(["Soup"]);
});

test("putting a dish back works although somebody else removed it first", async () => {
  const added = Promise.withResolvers<void>();
  server.answer = (request, _url, body) => {
    if (request.method === "DELETE") return { status: 404, body: { code: "not-found" } };
    added.resolve();
    return { status: 201, body: planAt(2, [JSON.parse(body)]) };
  };
  const soup = store.entries.view(SOUP._id)?.value.entry;
  if (!soup) throw new Error("There is no soup");
  store.remove(soup);
  store.undoRemove(soup);
  await added.promise;
  await until(() => !store.unsaved.value);
  publish(3, [SOUP]);
  expect(titles()).toEqual(["Soup"]);
});

test("what shows the week is not painted when a dish changes", async () => {
  const head = store.head.value;
  publish(2, [{ ...SOUP, title: "Broth" }]);
  await until(() => titles()[0] === "Broth");
  expect(store.head.value).toBe(head);
});

test("two edits of one dish reach the server in their order", async () => {
  const notes: unknown[] = [];
  server.answer = (_request, _url, body) => {
    notes.push((JSON.parse(body) as { note: string }).note);
    return { status: 200, body: planAt(2, [SOUP]) };
  };
  for (const note of ["a", "b", "c"]) store.change(SOUP._id, { note });
  expect(store.entries.view(SOUP._id)?.value.entry.note).toBe("c");
  await until(() => !store.unsaved.value);
  expect(notes).toEqual(["a", "b", "c"]);
});

test("a removed dish can be put back as it was, to the last field", async () => {
  const requests: string[] = [];
  let sent: unknown;
  server.answer = (request, url, body) => {
    requests.push(`${request.method} ${url.pathname}`);
    if (request.method === "POST") sent = JSON.parse(body);
    return { status: 200, body: planAt(2, []) };
  };
  const soup = store.entries.view(SOUP._id)?.value.entry;
  if (!soup) throw new Error("There is no soup");
  store.remove(soup);
  expect(titles()).toEqual([]);
  store.undoRemove(soup);
  expect(titles()).toEqual(["Soup"]);
  await until(() => !store.unsaved.value);
  const base = `/api/mealplans/${PLAN_ID}/entries`;
  expect(requests).toEqual([`DELETE ${base}/${SOUP._id}`, `POST ${base}`]);
  expect(sent).toEqual(SOUP);
});

test("changing a dish that somebody removed says so", async () => {
  server.answer = () => ({ status: 404, body: { code: "not-found" } });
  store.change(SOUP._id, { title: "Broth" });
  await until(() => store.notice.value?.kind === "vanished");
  expect(store.unsaved.value).toBe(false);
});

test("a plan that is deleted says so, and one that comes back is shown", async () => {
  stream.send({ event: "removed", id: "e-2", data: `{"_id":"${PLAN_ID}"}` });
  await until(() => store.deleted.value);
  publish(3, [SOUP]);
  await until(() => !store.deleted.value);
  expect(store.state.value).toBe("live");
  expect(titles()).toEqual(["Soup"]);
});

test("who is watching is shown while the stream is live", async () => {
  stream.send({ event: "presence", data: '{"viewers":[{"id":"1","name":"Jane"}]}' });
  await until(() => store.viewers.value.length === 1);
  stream.send({ event: "reauth", data: "{}" });
  await until(() => store.state.value === "signed-out");
  expect(store.viewers.value).toEqual([]);
  expect(titles()).toEqual(["Soup"]);
});
