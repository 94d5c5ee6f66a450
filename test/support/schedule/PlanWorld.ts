import { EJSON, ObjectId } from "bson";
import { expect } from "vitest";

import { topicName } from "../../../streams/declare/topicName.ts";
import { mealplans } from "../../../streams/mealplans.ts";
import { crashHub } from "../crashHub.ts";
import type { DatabaseView } from "../databaseView.ts";
import { planEvent, postHook } from "../hook.ts";
import type { Person } from "../people.ts";
import type { Stack } from "../stack.ts";
import type { ReceivedEvent } from "../streamReader.ts";
import { ModelPage, type Return } from "./ModelPage.ts";
import { FLOOD } from "./pageSteps.ts";
import { type ModelChange, PlanModel } from "./PlanModel.ts";
import type { Seat, World } from "./World.ts";

/** How far the events of a test are ahead of the database: less than what makes a hub distrust them. */
const AHEAD_SECONDS = 45;

const PAGES = 4;

/** One thing that happens to a plan. */
export type PlanChange =
  | {
      readonly kind: "publish";
      readonly count: number;
      readonly reversed: boolean;
      readonly kilobytes: number;
    }
  | { readonly kind: "touch" | "remove" | "flood" }
  | { readonly kind: "repeat" | "late"; readonly back: number };

/** A topic that is one document: a plan, whose events a test makes up, and pages of its owner. */
export class PlanWorld implements World<PlanChange> {
  readonly seats: readonly Seat[];
  /** What is published is told at once. */
  readonly isTold = true;
  readonly #stack: Stack;
  readonly #owner: Person;
  readonly #planId = new ObjectId();
  readonly #householdId = new ObjectId();
  readonly #model = new PlanModel();
  readonly #seconds = Math.floor(Date.now() / 1000) + AHEAD_SECONDS;

  constructor(stack: Stack, owner: Person) {
    this.#stack = stack;
    this.#owner = owner;
    const url = `${stack.url}/api/mealplans/updates/${this.#planId.toHexString()}`;
    this.seats = Array.from({ length: PAGES }, () => ({ page: new ModelPage(), url, cookie: owner.cookie }));
  }

  /** Puts the plan into the database, where the hub reads it before its first subscriber. */
  async prepare(view: DatabaseView): Promise<void> {
    await view.db.collection("mealplans").insertOne(this.#document(PlanModel.STORED.note ?? ""));
  }

  async play(change: PlanChange): Promise<void> {
    switch (change.kind) {
      case "publish":
        return this.#publishNew(change.count, change.reversed, change.kilobytes);
      case "touch":
        return this.#publish([this.#model.newer(() => this.#model.note)]);
      case "remove":
        return this.#publish([this.#model.newer(() => null)]);
      case "repeat":
        return this.#publish(this.#model.published.slice(-1 - change.back).slice(0, 1));
      case "late":
        return this.#publish([this.#model.older(change.back)].filter((older) => older !== null));
      case "flood":
        for (let count = 0; count < FLOOD.changes; count++) await this.#publishNew(1, false, FLOOD.kilobytes);
    }
  }

  playSmall(): Promise<void> {
    return this.#publishNew(1, false, 1);
  }

  lets({ page }: Seat, how: Return): boolean {
    this.#model.hear();
    return this.#model.isThere || (this.#model.wasThere && page.names(how));
  }

  async tell(): Promise<void> {}

  faultOf({ page }: Seat): string | null {
    const [data] = page.held.values();
    const shown = data === undefined ? null : (JSON.parse(data) as { note: string }).note;
    const { note } = this.#model;
    return shown === note ? null : `shows ${shown?.slice(0, 20)} for ${note?.slice(0, 20)}`;
  }

  crash(): Promise<void> {
    return crashHub(this.#stack, topicName(mealplans, this.#planId.toHexString()));
  }

  /** I4: nobody is shown something older than what he was shown before. Every note but the stored one names its place. */
  check(_seat: Seat, events: readonly ReceivedEvent[]): void {
    const documents = events.filter(({ event }) => event === "message").map(({ data }) => data);
    const places = documents.map((data) => Number(/"note":"\w+ (\d+)/.exec(data)?.[1] ?? 0));
    expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
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
