import { effect, signal, untracked, type ReadonlySignal, type Signal } from "@preact/signals";
import type { ShownPlan } from "../api/readMealPlan.ts";
import { keepLastSeen, lastSeen } from "../device/lastSeen.ts";
import type { Clock } from "../stream/clock.ts";
import { Announcer } from "./Announcer.ts";
import { describeChanges } from "./describeChanges.ts";
import type { People } from "./People.ts";
import { changesSince, planChanges, type PlanChange } from "./planChanges.ts";
import type { Arrival, PlanStore } from "./PlanStore.ts";
import { RecentChanges } from "./RecentChanges.ts";
import { Unseen } from "./Unseen.ts";

/** What awareness of a plan needs of its surroundings. */
export interface AwarenessOptions {
  readonly store: Pick<PlanStore, "arrival" | "state">;
  readonly clock: Clock;
  /** The user's id; `null` for a guest, who is told what changed, but not by whom. */
  readonly self: string | null;
  readonly people: () => People;
  /** True while the user sees the page. */
  readonly isLookedAt: ReadonlySignal<boolean>;
}

/** What others do to a plan: shown and read out to who looks on, kept for who comes back. One's own hand needs no telling. */
export class Awareness {
  /** To be read out. */
  readonly announcement: Signal<string> = signal("");
  readonly recent: RecentChanges;
  readonly unseen = new Unseen();
  readonly #options: AwarenessOptions;
  readonly #announcer: Announcer;
  /** From when the user looked away until they see what is true now. */
  #isAway = false;

  constructor(options: AwarenessOptions) {
    const { clock, self, people } = options;
    this.#options = options;
    this.recent = new RecentChanges(clock);
    const nameOf = self === null ? null : (id: string) => people().shortNameOf(id);
    this.#announcer = new Announcer(
      clock,
      (changes) => describeChanges(changes, nameOf),
      (text) => (this.announcement.value = text),
    );
  }

  /** Begins to watch. @returns ends it. */
  watch(): () => void {
    const { store } = this.#options;
    const stopTaking = effect(() => {
      const arrival = store.arrival.value;
      if (arrival) untracked(() => this.#take(arrival));
    });
    const stopLooking = effect(() => this.#look());
    return () => {
      stopTaking();
      stopLooking();
      this.#announcer.stop();
      this.recent.stop();
    };
  }

  /** Leads the user to the next of what they have missed: `unseen.current`. */
  showNext(): void {
    this.#letGo();
    const { entries = [] } = this.#options.store.arrival.peek()?.after ?? {};
    const there = new Set(entries.map(({ _id }) => _id));
    const next = this.unseen.next((change) => (change.kind === "removed") !== there.has(change.entry._id));
    if (!next) return this.#caughtUp();
    this.recent.show(next, entries);
    this.recent.hold(next.entry._id);
  }

  /** The user does not want to see the rest of what they have missed. */
  dismiss(): void {
    this.#letGo();
    this.#caughtUp();
  }

  #letGo(): void {
    const last = this.unseen.current.peek();
    if (last) this.recent.release(last.entry._id);
  }

  #caughtUp(): void {
    this.unseen.clear();
    this.#noteSeen(this.#options.store.arrival.peek()?.after);
  }

  /** What has come since the user looked away, or comes before they are up to date again, came in their absence. */
  #look(): void {
    const { store, isLookedAt } = this.#options;
    if (!isLookedAt.value) this.#isAway = true;
    else if (store.state.value === "live") this.#isAway = false;
  }

  #take({ before, after }: Arrival): void {
    const news = before ? planChanges(before, after) : this.#sinceLastTime(after);
    const { self, isLookedAt } = this.#options;
    const others = news.filter(({ by }) => by === null || by !== self);
    if (before === null || this.#isAway) this.#keep(others);
    else this.#show(others, before);
    if (isLookedAt.peek() && this.unseen.changes.peek().length === 0) this.#noteSeen(after);
  }

  #show(changes: readonly PlanChange[], before: ShownPlan): void {
    this.#announcer.add(changes);
    if (this.#options.self === null) return;
    for (const change of changes) this.recent.show(change, before.entries);
  }

  #keep(changes: readonly PlanChange[]): void {
    if (this.#options.self !== null) this.unseen.add(changes);
  }

  #sinceLastTime(plan: ShownPlan): readonly PlanChange[] {
    const { self } = this.#options;
    const since = self && lastSeen(self, plan._id);
    return since ? changesSince(plan, since) : [];
  }

  #noteSeen(plan: ShownPlan | undefined): void {
    const { self } = this.#options;
    if (!self || !plan || plan.updatedAt <= (lastSeen(self, plan._id) ?? "")) return;
    keepLastSeen(self, plan._id, plan.updatedAt);
  }
}
