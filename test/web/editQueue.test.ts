import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readMealPlan } from "../../web/api/readMealPlan.ts";
import { EditQueue } from "../../web/store/EditQueue.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { StreamServer } from "./support/StreamServer.ts";
import { stubBrowser } from "./support/stubBrowser.ts";

let server: StreamServer;

beforeEach(async () => {
  server = await StreamServer.start();
  stubBrowser(server.url);
});

afterEach(async () => {
  await server.stop();
  vi.unstubAllGlobals();
});

test("an edit that is just being saved can't be dropped any more", async () => {
  const saved = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const queue = new EditQueue("a".repeat(24), Date.now, {
    onChange: () => {},
    onSaved: () => saved.resolve(),
    onVanished: () => {},
  });
  server.answer = async () => {
    await answer.promise;
    return { status: 200, body: {} };
  };
  queue.add({ kind: "change", entryId: "1", change: { note: "hot" } });
  queue.discard("1");
  expect(queue.unsaved).toBe(true);
  answer.resolve();
  await saved.promise;
  expect(queue.pending).toMatchObject([{ status: "saved", edit: { change: { note: "hot" } } }]);
});

test("an edit that was saved does not hide a plan that was restored from an older copy", async () => {
  const clock = new ManualClock();
  const saved = Promise.withResolvers<void>();
  const queue = new EditQueue("a".repeat(24), clock.now, {
    onChange: () => {},
    onSaved: () => saved.resolve(),
    onVanished: () => {},
  });
  server.answer = () => ({ status: 200, body: { updatedAt: "2026-11-20T12:00:00.000Z" } });
  queue.add({ kind: "change", entryId: "1", change: { note: "hot" } });
  await saved.promise;
  const older = readMealPlan({ updatedAt: "2026-11-19T12:00:00.000Z" });
  queue.arrived(older);
  expect(queue.pending).toHaveLength(1);
  clock.advance(10_001);
  queue.arrived(older);
  expect(queue.pending).toHaveLength(0);
});
