import { beforeEach, expect, test } from "vitest";
import { watchPage } from "../../web/stream/pageLifecycle.ts";
import { ManualClock } from "./support/ManualClock.ts";

const HIDE_AFTER_MS = 300_000;

let clock: ManualClock;
let heard: string[];
let page: { document: Document; window: Window };
let stop: () => void;

beforeEach(() => {
  clock = new ManualClock();
  heard = [];
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  page = { document: document as unknown as Document, window: new EventTarget() as unknown as Window };
  stop = watch();
});

function note(what: string): () => void {
  return () => void heard.push(what);
}

function watch(): () => void {
  return watchPage(page, clock, HIDE_AFTER_MS, {
    onHidden: note("hidden"),
    onShown: note("shown"),
    onLeft: note("left"),
    onReturned: note("returned"),
    onOffline: note("offline"),
    onOnline: note("online"),
  });
}

function look(visibilityState: "visible" | "hidden"): void {
  Object.assign(page.document, { visibilityState });
  page.document.dispatchEvent(new Event("visibilitychange"));
}

test("a page counts as hidden only after a while", () => {
  look("hidden");
  clock.advance(HIDE_AFTER_MS - 1);
  expect(heard).toEqual([]);
  clock.advance(1);
  expect(heard).toEqual(["hidden"]);
});

test("a glance at another tab changes nothing", () => {
  look("hidden");
  clock.advance(HIDE_AFTER_MS - 1);
  look("visible");
  clock.advance(HIDE_AFTER_MS);
  expect(heard).toEqual(["shown"]);
});

test("a page that was opened in the background counts as hidden in time", () => {
  stop();
  Object.assign(page.document, { visibilityState: "hidden" });
  watch();
  clock.advance(HIDE_AFTER_MS);
  expect(heard).toEqual(["hidden"]);
});

test("leaving is noticed, coming back only from the back/forward cache", () => {
  const { window } = page;
  window.dispatchEvent(new Event("pagehide"));
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  expect(heard).toEqual(["left", "returned"]);
});

test("what the browser says of the network is passed on", () => {
  page.window.dispatchEvent(new Event("offline"));
  page.window.dispatchEvent(new Event("online"));
  expect(heard).toEqual(["offline", "online"]);
});

test("a page that is no longer watched is silent", () => {
  look("hidden");
  stop();
  clock.advance(HIDE_AFTER_MS);
  page.window.dispatchEvent(new Event("offline"));
  look("visible");
  expect(heard).toEqual([]);
});
