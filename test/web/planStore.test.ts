import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ShownEntry } from "../../web/api/readMealPlan.ts";
import { AccountEdits } from "../../web/edits/AccountEdits.ts";
import { inverseOf } from "../../web/edits/inverse.ts";
import { isUnsaved } from "../../web/edits/pendingEdit.ts";
import { systemClock } from "../../web/stream/clock.ts";
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
let edits: AccountEdits;
let stream: OpenedStream;
let close: () => void;

beforeEach(async () => {
  server = await StreamServer.start();
  stubBrowser(server.url);
  const account = crypto.randomUUID();
  edits = new AccountEdits({
    account,
    clock: systemClock,
    random: () => 0,
    locks: navigator.locks,
    maySend: () => true,
  });
  edits.start();
  store = new PlanStore({ planId: PLAN_ID, share: null, tabGroup: account, edits, plan: null });
  close = store.watch();
  stream = await server.nextStream();
  publish(1, [SOUP]);
  stream.send({ event: "live", data: "{}" });
  await until(() => store.state.value === "live");
});

afterEach(async () => {
  close();
  edits.stop();
  await server.stop();
  vi.unstubAllGlobals();
});

/** The soup as it is on the page. */
function soup(): ShownEntry {
  const view = store.entries.view(SOUP._id);
  if (!view) throw new Error("There is no soup");
  return view.value.entry;
}

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

/** True when there was an edit and the server has them all. */
function allSaved(): boolean {
  return edits.pending.value.length > 0 && !edits.pending.value.some(isUnsaved);
}

/** Takes back what was done last in this tab. */
function undoLast(): void {
  const last = edits.made.list.value.at(-1);
  if (!last) throw new Error("Nothing was done");
  const inverse = inverseOf(last.work);
  if (inverse) void edits.undo(last, inverse);
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
  await until(() => titles().length === 2);
  expect(titles()).toEqual(["Soup", "Bread"]);
  const { _id, ...fields } = await sent.promise;
  // How many it serves is the recipe's to say, and who adds it is known.
  expect(fields).toEqual({ day: "monday", meal: "dinner", recipeId: null, title: "Bread", note: "" });
  expect(_id).toMatch(/^[0-9a-f]{24}$/);
  await until(() => statusOf(String(_id)) === "saved");
  expect(allSaved()).toBe(true);
});

test("an older plan that the stream brings after the answer does not take a saved dish away", async () => {
  server.answer = (_request, _url, body) => ({ status: 201, body: planAt(5, [SOUP, JSON.parse(body)]) });
  store.add(BREAD);
  await until(() => allSaved());
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
  store.change(soup(), { note: "hot" });
  publish(3, [{ ...SOUP, note: "hot", title: "Broth" }]);
  await until(() => titles()[0] === "Broth");
  answer.resolve();
  await until(() => allSaved());
  expect(titles()).toEqual(["Broth"]);
});

test("what somebody else made of a dish before the own change was answered is shown once it is", async () => {
  const answer = Promise.withResolvers<void>();
  server.answer = async () => {
    await answer.promise;
    return { status: 200, body: planAt(2, [{ ...SOUP, note: "hot" }]) };
  };
  store.change(soup(), { note: "hot" });
  publish(3, [{ ...SOUP, note: "cold", title: "Broth" }]);
  await until(() => titles()[0] === "Broth");
  expect(soup().note).toBe("hot");
  answer.resolve();
  await until(() => store.entries.view(SOUP._id)?.value.entry.note === "cold");
});

test("where no stream gets through, the plan is read", async () => {
  server.refuseStreams = 502;
  server.answer = () => ({ status: 200, body: planAt(1, [SOUP]) });
  const other = new PlanStore({
    planId: PLAN_ID,
    share: "token",
    tabGroup: crypto.randomUUID(),
    edits: null,
    plan: null,
  });
  const closeOther = other.watch();
  await until(() => other.head.value !== null);
  expect(other.state.value).toBe("reconnecting");
  closeOther();
});

test("a dish that the network lost stays, and goes out again under the same id", async () => {
  const ids: string[] = [];
  server.answer = (_request, _url, body) => {
    ids.push((JSON.parse(body) as { _id: string })._id);
    return ids.length === 1 ? null : { status: 201, body: planAt(3, [SOUP, JSON.parse(body)]) };
  };
  store.add(BREAD);
  await until(() => titles().length === 2);
  const id = store.entries.cell(DINNER).value[1] ?? "";
  await until(() => statusOf(id) === "waiting");
  expect(titles()).toEqual(["Soup", "Bread"]);
  publish(2, [SOUP]);
  store.resume();
  await until(() => statusOf(id) === "saved");
  expect(ids).toEqual([id, id]);
});

test("what the network lost is sent again as soon as the plan is live again", async () => {
  let isAway = true;
  server.answer = (_request, _url, body) =>
    isAway ? null : { status: 201, body: planAt(2, [SOUP, JSON.parse(body)]) };
  store.add(BREAD);
  await until(() => titles().length === 2);
  const id = store.entries.cell(DINNER).value[1] ?? "";
  await until(() => statusOf(id) === "waiting");
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
  store.change(soup(), { note: "hot" });
  await until(() => allSaved());
  publish(3, [{ ...SOUP, note: "cold" }]);
  await until(() => store.entries.view(SOUP._id)?.value.entry.note === "cold");
});

test("what the server refuses stays with its reason until it is discarded", async () => {
  const fields = [{ path: "servings", message: "At most 50." }];
  server.answer = () => ({ status: 400, body: { code: "invalid-body", fields } });
  store.change(soup(), { servings: 99 });
  await until(() => statusOf(SOUP._id) === "failed");
  expect(store.entries.view(SOUP._id)?.value.failed).toMatchObject({ kind: "change", failure: { fields } });
  store.discard(SOUP._id);
  await until(() => statusOf(SOUP._id) === "saved");
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
  await until(() => titles().length === 2);
  const bread = store.entries.view(store.entries.cell(DINNER).value[1] ?? "")?.value.entry;
  if (!bread) throw new Error("There is no bread");
  await vi.waitUntil(() => requests.length > 0);
  store.remove(bread);
  await until(() => titles().length === 1);
  answer.resolve();
  await until(() => allSaved());
  expect(requests).toEqual(["POST begins", "POST ends", "DELETE begins", "DELETE ends"]);
});

test("removing a dish that was never saved leaves nothing behind", async () => {
  server.answer = () => null;
  store.add(BREAD);
  await until(() => titles().length === 2);
  const id = store.entries.cell(DINNER).value[1] ?? "";
  await until(() => statusOf(id) === "waiting");
  const bread = store.entries.view(id)?.value.entry;
  if (bread) store.remove(bread);
  await until(() => titles().length === 1);
  server.answer = (request) =>
    request.method === "POST"
      ? { status: 201, body: planAt(2, []) }
      : { status: 404, body: { code: "not-found" } };
  store.resume();
  await until(() => allSaved());
  expect(titles()).toEqual(["Soup"]);
});

test("putting a dish back works although somebody else removed it first", async () => {
  const added = Promise.withResolvers<void>();
  server.answer = (request, _url, body) => {
    if (request.method === "DELETE") return { status: 404, body: { code: "not-found" } };
    added.resolve();
    return { status: 201, body: planAt(2, [JSON.parse(body)]) };
  };
  const removed = soup();
  store.remove(removed);
  undoLast();
  await added.promise;
  await until(() => allSaved());
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
  for (const note of ["a", "b", "c"]) store.change(soup(), { note });
  await until(() => soup().note === "c");
  await until(() => allSaved());
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
  const removed = soup();
  store.remove(removed);
  await until(() => titles().length === 0);
  undoLast();
  await until(() => titles().length === 1);
  await until(() => allSaved());
  const base = `/api/mealplans/${PLAN_ID}/entries`;
  expect(requests).toEqual([`DELETE ${base}/${SOUP._id}`, `POST ${base}`]);
  expect(sent).toEqual(SOUP);
});

test("a change of a dish that somebody removed is not thrown away", async () => {
  server.answer = () => ({ status: 404, body: { code: "not-found" } });
  store.change(soup(), { title: "Broth" });
  await until(() => edits.pending.value[0]?.state.kind === "refused");
  publish(2, []);
  await until(() => titles().length === 0);
  expect(edits.pending.value).toMatchObject([{ row: { work: { edit: { change: { title: "Broth" } } } } }]);
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
