import { setTimeout as sleep } from "node:timers/promises";

import { ObjectId } from "bson";
import type { Db } from "mongodb";
import { expect, onTestFinished } from "vitest";

import type { Home } from "./people.ts";
import { SocketReader } from "./socketReader.ts";
import { storedPlan } from "./storedPlan.ts";
import type { ReceivedEvent } from "./streamReader.ts";
import { Watcher } from "./Watcher.ts";

/** More often than any heartbeat of a test. */
const PING_MS = 100;

/** Everybody who watches a plan in a test: pages, and one client on a WebSocket. */
export class Audience {
  readonly pages: readonly Watcher[];
  readonly socket: SocketReader | null;
  readonly #planId: ObjectId;

  private constructor(pages: readonly Watcher[], socket: SocketReader | null, planId: ObjectId) {
    this.pages = pages;
    this.socket = socket;
    this.#planId = planId;
  }

  /** Opens pages and, where it is wanted, a socket; all of them are live, and leave when the test is over. */
  static async open(home: Home, { pages = 3, socket = true } = {}): Promise<Audience> {
    const { url, cookie } = home.owner;
    const streamUrl = `${url}/api/mealplans/updates/${home.plan._id}`;
    const opening = Array.from({ length: pages }, () => Watcher.live(streamUrl, cookie));
    const reader = socket ? await openSocket(streamUrl, cookie) : null;
    const audience = new Audience(await Promise.all(opening), reader, new ObjectId(home.plan._id));
    onTestFinished(() => audience.leave());
    return audience;
  }

  /** What each of them shows, as text. */
  get shown(): readonly (string | null | undefined)[] {
    const pages = this.pages.map((page) => page.shown);
    return this.socket ? [...pages, shownBy(this.socket)] : pages;
  }

  /** Waits until each of them shows what the database holds. @throws Error after `timeoutMs`. */
  async untilEqual(db: Db, timeoutMs = 30_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    let differing = this.shown;
    while (performance.now() < deadline) {
      const stored = await storedPlan(db, this.#planId);
      differing = this.shown.filter((shown) => shown !== stored);
      if (differing.length === 0) return;
      await sleep(50);
    }
    const stored = await storedPlan(db, this.#planId);
    const found = differing.map(abridged).join("; ");
    throw new Error(`${differing.length} differ from ${abridged(stored)}: ${found}\n${this.#lives()}`);
  }

  /** Waits until each of them shows a text within its document. @throws Error after `timeoutMs`. */
  async untilShown(text: string, timeoutMs = 30_000): Promise<void> {
    await expect
      .poll(() => this.shown.filter((shown) => !shown?.includes(text)).length, { timeout: timeoutMs })
      .toBe(0);
  }

  /** Checks what holds of everything that was received, whatever happened: I1 and I3. */
  expectOrder(): void {
    for (const page of this.pages) for (const { events } of page.streams) expectOrder(events);
    if (!this.socket) return;
    expectOrder(
      this.socket.messages.map(({ id, event, data }) => ({ id, event, data: JSON.stringify(data) })),
    );
  }

  /** What became of everybody's streams, for the reader of a failure. */
  #lives(): string {
    const pages = this.pages.map(({ streams }, index) => {
      const lives = streams.slice(-3).map((stream) => stream.summary);
      return `page ${index + 1}, ${streams.length} streams: ${lives.join(" | ")}`;
    });
    const closed = this.socket && `socket: ${JSON.stringify(this.socket.closed)}`;
    return [...pages, closed ?? "no socket"].join("\n");
  }

  async leave(): Promise<void> {
    this.socket?.close();
    await Promise.all(this.pages.map((page) => page.close()));
  }
}

/** A socket that shows the hub that it still listens. */
async function openSocket(streamUrl: string, cookie: string): Promise<SocketReader> {
  const reader = new SocketReader(streamUrl, { cookie });
  await reader.until(() => reader.named("live").length > 0, "live");
  const pinging = setInterval(() => reader.socket.send("ping"), PING_MS);
  onTestFinished(() => clearInterval(pinging));
  return reader;
}

/** Checks one stream: ids rise strictly within an epoch, and nothing is told twice. */
export function expectOrder(events: readonly ReceivedEvent[]): void {
  let last: { epoch: string; seq: number; data: string } | null = null;
  for (const { event, id, data } of events) {
    if (event === "reset") last = null;
    if (event !== "message" && event !== "removed") continue;
    const [epoch = "", digits = ""] = id?.split("-") ?? [];
    const seq = Number(digits);
    if (last) {
      expect(epoch).toBe(last.epoch);
      expect(seq).toBeGreaterThan(last.seq);
      expect(data === last.data, `told twice: ${id}`).toBe(false);
    }
    last = { epoch, seq, data };
  }
}

function abridged(shown: string | null | undefined): string {
  return String(shown).slice(0, 300);
}

function shownBy(socket: SocketReader): string | null | undefined {
  const last = socket.messages.findLast(({ event }) => event === "message" || event === "removed");
  if (!last) return undefined;
  return last.event === "removed" ? null : JSON.stringify(last.data);
}
