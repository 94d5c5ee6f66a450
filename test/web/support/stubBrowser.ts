import { EventSource } from "eventsource";
import { vi } from "vitest";

/** Gives Node what a page has around it: an address, a visible document, EventSource, relative requests. */
export function stubBrowser(origin: string): void {
  const request = globalThis.fetch;
  const { locks } = navigator;
  vi.stubGlobal("EventSource", EventSource);
  vi.stubGlobal("location", new URL(origin));
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("navigator", { locks, onLine: true });
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => request(new URL(path, origin), init));
}
