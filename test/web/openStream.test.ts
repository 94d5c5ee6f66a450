import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openStream, type Stream } from "../../web/stream/openStream.ts";
import type { State } from "../../web/stream/states.ts";
import { Recorder } from "./support/Recorder.ts";
import { StreamServer, type OpenedStream } from "./support/StreamServer.ts";
import { stubBrowser } from "./support/stubBrowser.ts";

const ONE = { id: "e-1", data: '{"_id":1}' };
const TWO = { id: "e-2", data: '{"_id":2}' };
const LIVE = { event: "live", data: "{}" };

let server: StreamServer;
let tabGroup: string;
let opened: Stream[];

beforeEach(async () => {
  server = await StreamServer.start();
  tabGroup = crypto.randomUUID();
  opened = [];
});

afterEach(async () => {
  for (const stream of opened) stream.close();
  await server.stop();
  vi.unstubAllGlobals();
});

/** A page of the browser, with a document and a window of its own, that was never hidden for long. */
function openPage() {
  vi.unstubAllGlobals();
  stubBrowser(server.url);
  const { document, window } = globalThis;
  const states = new Recorder<State>();
  const keys = new Recorder<string>();
  const viewers = new Recorder<string>();
  opened.push(
    openStream({
      url: "/stream",
      parse: (value) => value,
      onItems: (items) => keys.add([...items.keys()].join()),
      onState: states.add,
      onViewers: (all) => viewers.add(all.map(({ name }) => name).join()),
      tabGroup,
      hiddenSeconds: 0,
    }),
  );
  return { document, window, states, keys, viewers };
}

async function openLive(): Promise<ReturnType<typeof openPage> & { readonly stream: OpenedStream }> {
  const page = openPage();
  const stream = await server.nextStream();
  stream.send(ONE, LIVE);
  await page.keys.untilLast("1");
  return { ...page, stream };
}

function hide(document: Document): void {
  Object.assign(document, { visibilityState: "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}

test("a page that was hidden for long hands its stream to one that is seen, and still shows what changes", async () => {
  const hidden = await openLive();
  const seen = openPage();
  await seen.keys.untilLast("1");
  hide(hidden.document);
  await hidden.stream.closed;
  const next = await server.nextStream();
  next.send(LIVE, TWO);
  await Promise.all([hidden, seen].map(({ keys }) => keys.untilLast("1,2")));
});

test("a page is told who is watching", async () => {
  const { stream, viewers } = await openLive();
  stream.send({ event: "presence", data: '{"viewers":[{"id":"1","name":"Jon"},{"id":"2","name":"Ada"}]}' });
  await viewers.untilLast("Jon,Ada");
});

test("a page that is left closes its stream, and continues when it comes back from the back/forward cache", async () => {
  const { window, stream } = await openLive();
  window.dispatchEvent(new Event("pagehide"));
  await stream.closed;
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  const { url } = await server.nextStream();
  expect(url.searchParams.get("lastEventId")).toBe("e-1");
});

test("a page whose network went, as the browser says and the server shows, tries at once when it is back", async () => {
  const { window, states } = await openLive();
  vi.stubGlobal("navigator", { ...navigator, onLine: false });
  server.answer = () => null;
  window.dispatchEvent(new Event("offline"));
  await states.untilLast("offline");
  window.dispatchEvent(new Event("online"));
  await server.nextStream();
});
