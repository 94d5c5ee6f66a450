import { effect } from "@preact/signals";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { readMealPlan, type ShownEntry, type ShownPlan } from "../../web/api/readMealPlan.ts";
import { AccountEdits } from "../../web/edits/AccountEdits.ts";
import { isUnsaved, undecided, type QueuedEdit } from "../../web/edits/pendingEdit.ts";
import type { EntryEdit } from "../../web/edits/work.ts";
import { editsOfPlan, entryViews } from "../../web/store/entryViews.ts";
import { systemClock, type Clock } from "../../web/stream/clock.ts";
import type { Person } from "./people.ts";

/** That of the runtime, before anybody puts another one in its place. */
const realFetch = globalThis.fetch;

/** Nobody waits long for another try. */
const HURRIED: Clock = {
  now: () => systemClock.now(),
  after: (milliseconds, job) => systemClock.after(milliseconds / 100, job),
};

/** What becomes of the requests of somebody's page. */
export type Network = "fine" | "loses-requests" | "loses-answers";

/** Somebody with a page on which they edit a plan: the page's own queue, on a network that can be told to fail. */
export class EditingPerson {
  readonly person: Person;
  network: Network = "fine";
  edits: AccountEdits;
  /** Each edit that the page has taken in, by its key, as it was first. */
  readonly taken = new Map<string, QueuedEdit>();
  /** The keys of edits that the server has ever said no to. */
  readonly everRefused = new Set<string>();
  /** The keys of edits that the person has given up, or made another one of. */
  readonly decided = new Set<string>();
  #plan: ShownPlan | null = null;
  readonly #planPath: string;
  #stopNoting = (): void => {};

  constructor(person: Person, planId: string) {
    this.person = person;
    this.#planPath = `/api/mealplans/${planId}`;
    this.edits = this.#open();
  }

  /** Sends a request of the page in this person's name, as well as the network lets it. */
  async send(path: string, init: RequestInit): Promise<Response> {
    if (this.network === "loses-requests") throw new TypeError("The request was lost");
    const headers = new Headers(init.headers);
    headers.set("cookie", this.person.cookie);
    const response = await realFetch(this.person.url + path, { ...init, headers });
    if (this.network === "loses-answers") throw new TypeError("The answer was lost");
    return response;
  }

  /** Whether a request with this key is of this page. */
  owns(key: string): boolean {
    return this.edits.pending.peek().some(({ row }) => row.key === key);
  }

  /** The page hears what the plan is by now. */
  async look(): Promise<void> {
    this.#plan = readMealPlan(await this.person.json<MealPlan>("GET", this.#planPath));
  }

  /** The dishes that the page shows. */
  shown(): readonly ShownEntry[] {
    const plan = this.#plan;
    if (!plan) return [];
    const open = editsOfPlan(this.edits.pending.peek(), plan._id, plan.updatedAt, systemClock.now());
    return entryViews(plan.entries, open).map(({ entry }) => entry);
  }

  /** Makes an edit. Resolves when the page has taken it in, wherever it is by then. */
  async act(edit: EntryEdit, about: string): Promise<void> {
    const planId = this.#plan?._id ?? "";
    await this.edits.add({ kind: "entry", planId, edit }, about);
  }

  /** The person's list of what was not saved: what was refused, and what waits behind that. */
  refused(): readonly QueuedEdit[] {
    return undecided(this.edits.pending.peek()).map(({ row }) => row);
  }

  /** True when nothing is on its way any more: all that is left is for the person to decide. */
  isSettled(): boolean {
    const pending = this.edits.pending.value;
    return pending.filter(isUnsaved).length === undecided(pending).length;
  }

  /** The tab goes without a word, and a new one takes up what the device has kept. */
  async reload(): Promise<void> {
    this.#stopNoting();
    this.edits.stop();
    this.edits = this.#open();
    // Behind the reading of what was kept: a page that has not read it shows nothing of it.
    await this.edits.drop("nothing");
  }

  #open(): AccountEdits {
    const edits = new AccountEdits({
      account: this.person.user._id,
      clock: HURRIED,
      random: () => 0,
      locks: navigator.locks,
      maySend: () => true,
    });
    edits.start();
    this.#stopNoting = effect(() => this.#note(edits));
    return edits;
  }

  #note(edits: AccountEdits): void {
    for (const { row, state } of edits.pending.value) {
      if (!this.taken.has(row.key)) this.taken.set(row.key, row);
      if (state.kind === "refused") this.everRefused.add(row.key);
    }
  }
}
