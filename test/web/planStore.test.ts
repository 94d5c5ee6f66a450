import { expect, test } from "vitest";
import { PlanStore } from "../../web/store/PlanStore.ts";
import { BREAD, DINNER, PLAN_ID, PlanScene, SOUP } from "./support/PlanScene.ts";
import { until } from "./support/until.ts";

const scene = new PlanScene();

test("what is on the stream is on the page", async () => {
  expect(scene.titles()).toEqual(["Soup"]);
  scene.publish(2, [{ ...SOUP, title: "Broth" }]);
  await until(() => scene.titles()[0] === "Broth");
});

test("an older plan that the stream brings after the answer does not take a saved dish away", async () => {
  scene.server.answer = (_request, _url, body) => ({
    status: 201,
    body: scene.planAt(5, [SOUP, JSON.parse(body)]),
  });
  scene.store.add(BREAD);
  await until(() => scene.allSaved());
  scene.publish(3, [SOUP, { ...SOUP, _id: "2".repeat(24), title: "Cheese" }]);
  await until(() => scene.titles().includes("Cheese"));
  expect(scene.titles()).toEqual(["Soup", "Cheese", "Bread"]);
});

test("an answer that is older than the stream does not undo what the stream said", async () => {
  const answer = Promise.withResolvers<void>();
  scene.server.answer = async (_request, _url, body) => {
    await answer.promise;
    return { status: 200, body: scene.planAt(2, [{ ...SOUP, ...JSON.parse(body) }]) };
  };
  scene.store.change(scene.soup(), { note: "hot" });
  scene.publish(3, [{ ...SOUP, note: "hot", title: "Broth" }]);
  await until(() => scene.titles()[0] === "Broth");
  answer.resolve();
  await until(() => scene.allSaved());
  expect(scene.titles()).toEqual(["Broth"]);
});

test("where no stream gets through, the plan is read", async () => {
  scene.server.refuseStreams = 502;
  scene.server.answer = () => ({ status: 200, body: scene.planAt(1, [SOUP]) });
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

test("what the network lost is sent again as soon as the plan is live again", async () => {
  let isAway = true;
  scene.server.answer = (_request, _url, body) =>
    isAway ? null : { status: 201, body: scene.planAt(2, [SOUP, JSON.parse(body)]) };
  scene.store.add(BREAD);
  await until(() => scene.titles().length === 2);
  const id = scene.store.entries.cell(DINNER).value[1] ?? "";
  await until(() => scene.statusOf(id) === "waiting");
  scene.stream.cut();
  await until(() => scene.store.state.value === "reconnecting");
  isAway = false;
  window.dispatchEvent(new Event("online"));
  const again = await scene.server.nextStream();
  again.send({ event: "live", data: "{}" });
  await until(() => scene.statusOf(id) === "saved");
});

test("what somebody else changes after an own change is shown", async () => {
  scene.server.answer = () => ({ status: 200, body: scene.planAt(2, [{ ...SOUP, note: "hot" }]) });
  scene.store.change(scene.soup(), { note: "hot" });
  await until(() => scene.allSaved());
  scene.publish(3, [{ ...SOUP, note: "cold" }]);
  await until(() => scene.store.entries.view(SOUP._id)?.value.entry.note === "cold");
});

test("what shows the week is not painted when a dish changes", async () => {
  const head = scene.store.head.value;
  scene.publish(2, [{ ...SOUP, title: "Broth" }]);
  await until(() => scene.titles()[0] === "Broth");
  expect(scene.store.head.value).toBe(head);
});

test("a plan that is deleted says so, and one that comes back is shown", async () => {
  scene.stream.send({ event: "removed", id: "e-2", data: `{"_id":"${PLAN_ID}"}` });
  await until(() => scene.store.deleted.value);
  scene.publish(3, [SOUP]);
  await until(() => !scene.store.deleted.value);
  expect(scene.store.state.value).toBe("live");
  expect(scene.titles()).toEqual(["Soup"]);
});

test("who is watching is shown while the stream is live", async () => {
  scene.stream.send({ event: "presence", data: '{"viewers":[{"id":"1","name":"Jane"}]}' });
  await until(() => scene.store.viewers.value.length === 1);
  scene.stream.send({ event: "reauth", data: "{}" });
  await until(() => scene.store.state.value === "signed-out");
  expect(scene.store.viewers.value).toEqual([]);
  expect(scene.titles()).toEqual(["Soup"]);
});
