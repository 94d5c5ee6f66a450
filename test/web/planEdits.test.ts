import { expect, test, vi } from "vitest";
import { BREAD, DINNER, PLAN_ID, PlanScene, SOUP } from "./support/PlanScene.ts";
import { until } from "./support/until.ts";

const scene = new PlanScene();

test("a dish shows before the server has it, and is sent with an id of 24 hex digits", async () => {
  const sent = Promise.withResolvers<Record<string, unknown>>();
  scene.server.answer = (_request, _url, body) => {
    const entry = JSON.parse(body) as Record<string, unknown>;
    sent.resolve(entry);
    return { status: 201, body: scene.planAt(2, [SOUP, entry]) };
  };
  scene.store.add(BREAD);
  await until(() => scene.titles().length === 2);
  expect(scene.titles()).toEqual(["Soup", "Bread"]);
  const { _id, ...fields } = await sent.promise;
  // How many it serves is the recipe's to say, and who adds it is known.
  expect(fields).toEqual({ day: "monday", meal: "dinner", recipeId: null, title: "Bread", note: "" });
  expect(_id).toMatch(/^[0-9a-f]{24}$/);
  await until(() => scene.statusOf(String(_id)) === "saved");
  expect(scene.allSaved()).toBe(true);
});

test("what somebody else made of a dish before the own change was answered is shown once it is", async () => {
  const answer = Promise.withResolvers<void>();
  scene.server.answer = async () => {
    await answer.promise;
    return { status: 200, body: scene.planAt(2, [{ ...SOUP, note: "hot" }]) };
  };
  scene.store.change(scene.soup(), { note: "hot" });
  scene.publish(3, [{ ...SOUP, note: "cold", title: "Broth" }]);
  await until(() => scene.titles()[0] === "Broth");
  expect(scene.soup().note).toBe("hot");
  answer.resolve();
  await until(() => scene.store.entries.view(SOUP._id)?.value.entry.note === "cold");
});

test("a dish that the network lost stays, and goes out again under the same id", async () => {
  const ids: string[] = [];
  scene.server.answer = (_request, _url, body) => {
    ids.push((JSON.parse(body) as { _id: string })._id);
    return ids.length === 1 ? null : { status: 201, body: scene.planAt(3, [SOUP, JSON.parse(body)]) };
  };
  scene.store.add(BREAD);
  await until(() => scene.titles().length === 2);
  const id = scene.store.entries.cell(DINNER).value[1] ?? "";
  await until(() => scene.statusOf(id) === "waiting");
  expect(scene.titles()).toEqual(["Soup", "Bread"]);
  scene.publish(2, [SOUP]);
  scene.store.resume();
  await until(() => scene.statusOf(id) === "saved");
  expect(ids).toEqual([id, id]);
});

test("what the server refuses stays with its reason until it is discarded", async () => {
  const fields = [{ path: "servings", message: "At most 50." }];
  scene.server.answer = () => ({ status: 400, body: { code: "invalid-body", fields } });
  scene.store.change(scene.soup(), { servings: 99 });
  await until(() => scene.statusOf(SOUP._id) === "failed");
  expect(scene.store.entries.view(SOUP._id)?.value.failed).toMatchObject({
    kind: "change",
    failure: { fields },
  });
  scene.store.discard(SOUP._id);
  await until(() => scene.statusOf(SOUP._id) === "saved");
  expect(scene.store.entries.view(SOUP._id)?.value).toMatchObject({
    status: "saved",
    entry: { servings: 2 },
  });
});

test("removing a dish while it is being saved removes it after it was saved", async () => {
  const answer = Promise.withResolvers<void>();
  const requests: string[] = [];
  scene.server.answer = async (request, _url, body) => {
    requests.push(`${request.method} begins`);
    if (request.method === "POST") await answer.promise;
    requests.push(`${request.method} ends`);
    return {
      status: 200,
      body: scene.planAt(2, request.method === "POST" ? [SOUP, JSON.parse(body)] : [SOUP]),
    };
  };
  scene.store.add(BREAD);
  await until(() => scene.titles().length === 2);
  const bread = scene.store.entries.view(scene.store.entries.cell(DINNER).value[1] ?? "")?.value.entry;
  if (!bread) throw new Error("There is no bread");
  await vi.waitUntil(() => requests.length > 0);
  scene.store.remove(bread);
  await until(() => scene.titles().length === 1);
  answer.resolve();
  await until(() => scene.allSaved());
  expect(requests).toEqual(["POST begins", "POST ends", "DELETE begins", "DELETE ends"]);
});

test("removing a dish that was never saved leaves nothing behind", async () => {
  scene.server.answer = () => null;
  scene.store.add(BREAD);
  await until(() => scene.titles().length === 2);
  const id = scene.store.entries.cell(DINNER).value[1] ?? "";
  await until(() => scene.statusOf(id) === "waiting");
  const bread = scene.store.entries.view(id)?.value.entry;
  if (bread) scene.store.remove(bread);
  await until(() => scene.titles().length === 1);
  scene.server.answer = (request) =>
    request.method === "POST"
      ? { status: 201, body: scene.planAt(2, []) }
      : { status: 404, body: { code: "not-found" } };
  scene.store.resume();
  await until(() => scene.allSaved());
  expect(scene.titles()).toEqual(["Soup"]);
});

test("putting a dish back works although somebody else removed it first", async () => {
  const added = Promise.withResolvers<void>();
  scene.server.answer = (request, _url, body) => {
    if (request.method === "DELETE") return { status: 404, body: { code: "not-found" } };
    added.resolve();
    return { status: 201, body: scene.planAt(2, [JSON.parse(body)]) };
  };
  const removed = scene.soup();
  scene.store.remove(removed);
  scene.undoLast();
  await added.promise;
  await until(() => scene.allSaved());
  scene.publish(3, [SOUP]);
  expect(scene.titles()).toEqual(["Soup"]);
});

test("two edits of one dish reach the server in their order", async () => {
  const notes: unknown[] = [];
  scene.server.answer = (_request, _url, body) => {
    notes.push((JSON.parse(body) as { note: string }).note);
    return { status: 200, body: scene.planAt(2, [SOUP]) };
  };
  for (const note of ["a", "b", "c"]) scene.store.change(scene.soup(), { note });
  await until(() => scene.soup().note === "c");
  await until(() => scene.allSaved());
  expect(notes).toEqual(["a", "b", "c"]);
});

test("a removed dish can be put back as it was, to the last field", async () => {
  const requests: string[] = [];
  let sent: unknown;
  scene.server.answer = (request, url, body) => {
    requests.push(`${request.method} ${url.pathname}`);
    if (request.method === "POST") sent = JSON.parse(body);
    return { status: 200, body: scene.planAt(2, []) };
  };
  const removed = scene.soup();
  scene.store.remove(removed);
  await until(() => scene.titles().length === 0);
  scene.undoLast();
  await until(() => scene.titles().length === 1);
  await until(() => scene.allSaved());
  const base = `/api/mealplans/${PLAN_ID}/entries`;
  expect(requests).toEqual([`DELETE ${base}/${SOUP._id}`, `POST ${base}`]);
  expect(sent).toEqual(SOUP);
});

test("a change of a dish that somebody removed is not thrown away", async () => {
  scene.server.answer = () => ({ status: 404, body: { code: "not-found" } });
  scene.store.change(scene.soup(), { title: "Broth" });
  await until(() => scene.edits.pending.value[0]?.state.kind === "refused");
  scene.publish(2, []);
  await until(() => scene.titles().length === 0);
  expect(scene.edits.pending.value).toMatchObject([
    { row: { work: { edit: { change: { title: "Broth" } } } } },
  ]);
});
