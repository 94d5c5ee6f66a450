import { EJSON, ObjectId } from "bson";
import { expect } from "vitest";

import { topicName } from "../../streams/declare/topicName.ts";
import { mealplans } from "../../streams/mealplans.ts";
import { expectOrder } from "./Audience.ts";
import type { CrashableHubs } from "./crashableWorker.ts";
import type { DatabaseView } from "./databaseView.ts";
import { planEvent, postHook } from "./hook.ts";
import { ModelPage, type Return } from "./ModelPage.ts";
import type { Person } from "./people.ts";
import { type ModelChange, PlanModel } from "./PlanModel.ts";
import type { Stack } from "./stack.ts";

/** How far the events of a test are ahead of the database: less than what makes a hub distrust them. */
const AHEAD_SECONDS = 45;

const PAGES = 4;

/** A flood overflows what the runtime and the sockets buffer for a client that does not read. */
const FLOOD = { changes: 20, kilobytes: 800 };

/** More than all of those buffers: Linux may give one socket 32 MB to receive into and 4 MB to send from. */
const MOST_HELD_BYTES = 48 * 1024 * 1024;

/** One thing that happens to a hub. `page` counts round the pages of the schedule. */
export type Step =
  | {
      readonly kind: "publish";
      readonly count: number;
      readonly reversed: boolean;
      readonly kilobytes: number;
    }
  | { readonly kind: "touch" | "remove" | "crash" | "settle" | "flood" }
  | { readonly kind: "repeat" | "late"; readonly back: number }
  | {
      readonly kind: "join";
      readonly page: number;
      readonly how: Return;
      readonly overSocket: boolean;
      readonly during: boolean;
    }
  | { readonly kind: "stall" | "read" | "leave" | "vanish"; readonly page: number };

/** Plays steps against a hub by its public doors, and checks what pages receive against the model. */
export class Schedule {
  readonly #stack: Stack;
  readonly #owner: Person;
  readonly #planId = new ObjectId();
  readonly #householdId = new ObjectId();
  readonly #model = new PlanModel();
  readonly #pages = Array.from({ length: PAGES }, () => new ModelPage());
  readonly #seconds = Math.floor(Date.now() / 1000) + AHEAD_SECONDS;

  constructor(stack: Stack, owner: Person) {
    this.#stack = stack;
    this.#owner = owner;
  }

  /** Puts the plan into the database, where the hub reads it before its first subscriber. */
  async prepare(view: DatabaseView): Promise<void> {
    await view.db.collection("mealplans").insertOne(this.#document(PlanModel.STORED.note ?? ""));
  }

  /** Does one thing, and checks what follows from it at once. */
  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case "publish":
        return this.#publishNew(step.count, step.reversed, step.kilobytes);
      case "touch":
        return this.#publish([this.#model.newer(() => this.#model.note)]);
      case "remove":
        return this.#publish([this.#model.newer(() => null)]);
      case "repeat":
        return this.#publish(this.#model.published.slice(-1 - step.back).slice(0, 1));
      case "late":
        return this.#publish([this.#model.older(step.back)].filter((change) => change !== null));
      case "join":
        return this.#join(step);
      case "crash":
        return this.#crash();
      case "settle":
        return this.#settle();
      case "flood":
        return this.#flood();
      case "read":
        return this.#read(this.#page(step.page));
      case "stall":
        return this.#page(step.page).stall();
      default:
        return this.#page(step.page).leave(step.kind === "vanish");
    }
  }

  /** Lets everybody read to the end of what there is, and checks all that was ever received. */
  async finish(): Promise<void> {
    for (const page of this.#pages) await this.#read(page);
    await this.#settle();
    for (const page of this.#pages) page.leave(false);
    for (const events of this.#pages.flatMap(({ streams }) => streams)) {
      expectOrder(events);
      expectRisingPlaces(events.filter(({ event }) => event === "message").map(({ data }) => data));
    }
  }

  #page(number: number): ModelPage {
    const page = this.#pages[number % PAGES];
    if (!page) throw new Error("unreachable");
    return page;
  }

  async #flood(): Promise<void> {
    for (let change = 0; change < FLOOD.changes; change++) await this.#publishNew(1, false, FLOOD.kilobytes);
  }

  async #publishNew(count: number, reversed: boolean, kilobytes: number): Promise<void> {
    const padding = "x".repeat(kilobytes * 1024);
    const changes = Array.from({ length: count }, () =>
      this.#model.newer((place) => `change ${place} ${padding}`),
    );
    await this.#publish(reversed ? changes.toReversed() : changes);
  }

  /** I3 and I4: what becomes of each change is what the model says. */
  async #publish(changes: readonly ModelChange[]): Promise<void> {
    if (changes.length === 0) return;
    const expected = changes.map((change) => this.#model.publish(change));
    const body = EJSON.stringify(
      changes.map((change) => this.#event(change)),
      { relaxed: false },
    );
    const answer = await postHook(this.#stack.url, body);
    const { results } = (await answer.json()) as { results: readonly { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(expected);
  }

  /** I2 and I5: whoever is live holds the newest, whether by a replay or because nothing was missed. */
  async #join({ page: number, how, overSocket, during }: Extract<Step, { kind: "join" }>): Promise<void> {
    const page = this.#page(number);
    if (page.isOpen) return;
    page.forget();
    this.#model.hear();
    const isLetIn = this.#model.isThere || (this.#model.wasThere && page.names(how));
    const publishing = during && isLetIn ? this.#publishNew(1, false, 1) : null;
    const url = `${this.#stack.url}/api/mealplans/updates/${this.#planId.toHexString()}`;
    const isIn = await page.open(url, this.#owner.cookie, how, overSocket);
    expect(isIn).toBe(isLetIn);
    if (isIn && !publishing) expect(page.shown).toBe(this.#model.note);
    await publishing;
  }

  /** I7: what was held for a page that did not read is bounded, however much went by. Or it was sent away. */
  async #read(page: ModelPage): Promise<void> {
    if (!page.isOpen || page.isReading) return;
    page.read();
    await page.stream?.until(() => page.shown === this.#model.note || page.isSentAway, "the newest, or bye");
    expect(page.heldBytes).toBeLessThan(MOST_HELD_BYTES);
    if (page.isSentAway) await page.readToEnd();
  }

  async #crash(): Promise<void> {
    const { HUBS } = (await this.#stack.harness.getWorker().getEnv()) as CrashableHubs;
    // Whoever asks an object to die gets no answer from it.
    await HUBS.getByName(topicName(mealplans, this.#planId.toHexString()))
      .crash()
      .catch(() => undefined);
    await Promise.all(this.#pages.filter(({ stream }) => stream).map((page) => page.readToEnd()));
  }

  /** I6: everybody who reads gets the newest, whoever else does not. */
  async #settle(): Promise<void> {
    const { note } = this.#model;
    const what = `the note ${note?.slice(0, 20)}`;
    const reading = this.#pages.filter(({ isReading }) => isReading);
    await Promise.all(reading.map((page) => page.stream?.until(() => page.shown === note, what)));
  }

  #event({ place, note }: ModelChange) {
    const at = { planId: this.#planId, seconds: this.#seconds, increment: place };
    if (note === null) return planEvent({ ...at, operationType: "delete" });
    return planEvent({ ...at, fullDocument: this.#document(note) });
  }

  #document(note: string) {
    const memberIds = [new ObjectId(this.#owner.user._id)];
    return { _id: this.#planId, householdId: this.#householdId, week: "2026-W47", note, memberIds };
  }
}

/** I4: nobody is shown something older than what he was shown before. Every note but the stored one names its place. */
function expectRisingPlaces(documents: readonly string[]): void {
  const places = documents.map((data) => Number(/"note":"\w+ (\d+)/.exec(data)?.[1] ?? 0));
  expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
}
