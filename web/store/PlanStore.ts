import { batch, computed, effect, signal, type Signal } from "@preact/signals";
import type { EntryFields } from "../../protocol/mealPlan.ts";
import type { Viewer } from "../../protocol/streamEvents.ts";
import { noteContact } from "../api/contact.ts";
import { fetchPlan, planStreamUrl } from "../api/mealPlans.ts";
import { readMealPlan, type ShownEntry, type ShownPlan } from "../api/readMealPlan.ts";
import type { AccountEdits } from "../edits/AccountEdits.ts";
import { targetOf, type EntryEdit } from "../edits/work.ts";
import { UNHEARD, type Health } from "../stream/health.ts";
import { openStream, type Stream } from "../stream/openStream.ts";
import type { State } from "../stream/states.ts";
import { editsOfPlan, entryViews } from "./entryViews.ts";
import { Entries } from "./Entries.ts";
import { newDish, type TypedEntry } from "./entryDraft.ts";
import { showPlan } from "./openPlans.ts";
import type { WatchedStream } from "./WatchedStream.ts";

export interface PlanStoreOptions {
  readonly planId: string;
  /** The token of a share link, for a guest. */
  readonly share: string | null;
  /** Names the user and the plan; tabs of the same group use one connection together. */
  readonly tabGroup: string;
  /** Where the user's edits go; `null` for a guest. */
  readonly edits: AccountEdits | null;
  /** What is known already, so that the first paint need not wait. */
  readonly plan: ShownPlan | null;
}

/** What of a plan is not its dishes: it hardly ever changes, and what shows it is hardly ever painted. */
export type PlanHead = Pick<ShownPlan, "_id" | "householdId" | "week">;

/** A state of the plan that the stream has told, and the one before; `null` before the first. */
export interface Arrival {
  readonly before: ShownPlan | null;
  readonly after: ShownPlan;
}

/** One plan on the page: what the stream says, the user's own edits on top, one signal per dish. */
export class PlanStore implements WatchedStream {
  readonly state: Signal<State> = signal("connecting");
  readonly health: Signal<Health> = signal(UNHEARD);
  readonly silence: Signal<number | null> = signal(null);
  readonly transport = "sse";
  /** Which plan this is; `null` until it is known. */
  readonly head: Signal<PlanHead | null> = signal(null);
  readonly deleted = signal(false);
  readonly viewers: Signal<readonly Viewer[]> = signal([]);
  /** What the stream has said last. */
  readonly arrival: Signal<Arrival | null> = signal(null);
  readonly entries = new Entries();
  readonly isOpen = computed(
    () => !this.deleted.value && this.state.value !== "revoked" && this.state.value !== "gone",
  );
  readonly #options: PlanStoreOptions;
  readonly #plan: Signal<ShownPlan | null> = signal(null);
  #stream: Stream | null = null;

  constructor(options: PlanStoreOptions) {
    this.#options = options;
    if (options.plan) this.#arrived(options.plan);
    this.#show();
  }

  get planId(): string {
    return this.#options.planId;
  }

  /** Opens the stream. @returns closes it. */
  watch(): () => void {
    const { planId, share, tabGroup } = this.#options;
    const stream = openStream({
      url: planStreamUrl(planId, share),
      tabGroup,
      parse: readMealPlan,
      onItems: (plans) => batch(() => this.#held(plans)),
      onState: (state) => batch(() => this.#changed(state)),
      onHealth: (health) => (this.health.value = health),
      onSilence: (seconds) => (this.silence.value = seconds),
      onViewers: (viewers) => (this.viewers.value = viewers),
    });
    this.#stream = stream;
    const stopShowing = effect(() => this.#show());
    const leave = showPlan(planId, this);
    return () => {
      leave();
      stopShowing();
      stream.close();
    };
  }

  /** The user signed in again, or wants it to try now. */
  resume(): void {
    this.#stream?.resume();
    this.#options.edits?.wake();
  }

  add(entry: TypedEntry): void {
    this.#edit({ kind: "add", entry: newDish(entry) }, entry.title);
  }

  /** @param seen the dish as the user saw it. */
  change(seen: ShownEntry, change: Partial<EntryFields>): void {
    this.#edit({ kind: "change", entryId: seen._id, change, seen }, seen.title);
  }

  remove(entry: ShownEntry): void {
    this.#edit({ kind: "remove", entryId: entry._id, seen: entry }, entry.title);
  }

  /** Takes back what somebody did, the user or another. @param about the dish's name. */
  takeBack(inverse: EntryEdit, about: string): void {
    this.#edit(inverse, about);
  }

  /** Sends again what was refused of a dish. */
  retry(entryId: string): void {
    void this.#options.edits?.retry(this.#targetOf(entryId));
  }

  /** Gives up what was refused of a dish. */
  discard(entryId: string): void {
    void this.#options.edits?.drop(this.#targetOf(entryId));
  }

  #edit(edit: EntryEdit, title: string): void {
    void this.#options.edits?.add({ kind: "entry", planId: this.#options.planId, edit }, title);
  }

  #targetOf(entryId: string): string {
    const edit = { kind: "remove", entryId, seen: {} } as const;
    return targetOf({ kind: "entry", planId: this.#options.planId, edit });
  }

  #held(plans: ReadonlyMap<string, ShownPlan>): void {
    const [plan] = plans.values();
    if (!plan) return void (this.deleted.value = true);
    this.arrival.value = { before: this.arrival.peek()?.after ?? null, after: plan };
    this.#arrived(plan);
  }

  #changed(state: State): void {
    this.state.value = state;
    if (state !== "live") this.viewers.value = [];
    if (state === "live") noteContact();
    if (state === "live") this.#options.edits?.wake();
    if (state === "reconnecting" && this.#plan.peek() === null) void this.#fetch();
  }

  /** Where no stream gets through, the plan can still be read. */
  async #fetch(): Promise<void> {
    const { planId, share } = this.#options;
    const result = await fetchPlan(planId, share);
    if (result.ok && this.#plan.peek() === null) batch(() => this.#arrived(result.value));
  }

  #arrived(plan: ShownPlan): void {
    this.deleted.value = false;
    const { _id, householdId, week } = plan;
    const head = this.head.peek();
    if (head?._id !== _id || head.householdId !== householdId || head.week !== week) {
      this.head.value = { _id, householdId, week };
    }
    this.#plan.value = plan;
  }

  #editsOver(plan: ShownPlan | null): ReturnType<typeof editsOfPlan> {
    const pending = this.#options.edits?.pending.value ?? [];
    return editsOfPlan(pending, this.#options.planId, plan?.updatedAt ?? "", Date.now());
  }

  /** Only the stream says what the plan is: the answer to an edit may be older than what the stream said since. */
  #show(): void {
    const plan = this.#plan.value;
    const edits = this.#editsOver(plan);
    batch(() => this.entries.show(entryViews(plan?.entries ?? [], edits)));
  }
}
