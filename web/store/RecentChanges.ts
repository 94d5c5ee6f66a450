import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { ShownEntry } from "../api/readMealPlan.ts";
import type { Cancel, Clock } from "../stream/clock.ts";
import { placeName } from "./Entries.ts";
import type { PlanChange } from "./planChanges.ts";

/** A person's hand is visible for so long. */
export const LINGER_MS = 8_000;

/** A dish that was removed, where it was. */
export interface Removal {
  readonly change: PlanChange;
  /** The id of the dish in front of it; `null` when it was the first. */
  readonly behind: string | null;
}

/** What others did to a plan a moment ago: a mark on each dish that they touched, a place kept for each that they removed. */
export class RecentChanges {
  /** Another number whenever the place of a removed dish is about to close. */
  readonly closings = signal(0);
  readonly #clock: Clock;
  readonly #touches = new Map<string, Signal<PlanChange | null>>();
  readonly #removals = new Map<string, Signal<readonly Removal[]>>();
  readonly #ends = new Map<string, Cancel>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What was done last to a dish; `null` when that was not a moment ago. */
  touch(entryId: string): ReadonlySignal<PlanChange | null> {
    return this.#touch(entryId);
  }

  /** What was removed from a place on the grid (see `placeName`). */
  removedFrom(place: string): ReadonlySignal<readonly Removal[]> {
    return this.#removed(place);
  }

  /** Shows a change. @param entries the plan's dishes before it. */
  show(change: PlanChange, entries: readonly ShownEntry[]): void {
    const { _id } = change.entry;
    this.forget(_id);
    if (change.kind === "removed") this.#keepPlace(change, entries);
    else this.#touch(_id).value = change;
    this.release(_id);
  }

  /** Shows nothing of a dish any more. */
  forget(entryId: string): void {
    this.hold(entryId);
    this.#touch(entryId).value = null;
    for (const places of this.#removals.values()) {
      const left = places.peek().filter(({ change }) => change.entry._id !== entryId);
      if (left.length === places.peek().length) continue;
      this.closings.value += 1;
      places.value = left;
    }
  }

  /** Does not let it go while somebody is about to press it. */
  hold(entryId: string): void {
    this.#ends.get(entryId)?.();
    this.#ends.delete(entryId);
  }

  /** Lets it go after a while. */
  release(entryId: string): void {
    this.hold(entryId);
    this.#ends.set(
      entryId,
      this.#clock.after(LINGER_MS, () => this.forget(entryId)),
    );
  }

  stop(): void {
    for (const cancel of this.#ends.values()) cancel();
    this.#ends.clear();
  }

  #keepPlace(change: PlanChange, entries: readonly ShownEntry[]): void {
    const place = placeName(change.entry);
    const there = entries.filter((entry) => placeName(entry) === place);
    const index = there.findIndex(({ _id }) => _id === change.entry._id);
    const removals = this.#removed(place);
    removals.value = [...removals.peek(), { change, behind: there[index - 1]?._id ?? null }];
  }

  #touch(entryId: string): Signal<PlanChange | null> {
    const known = this.#touches.get(entryId) ?? signal<PlanChange | null>(null);
    this.#touches.set(entryId, known);
    return known;
  }

  #removed(place: string): Signal<readonly Removal[]> {
    const known = this.#removals.get(place) ?? signal<readonly Removal[]>([]);
    this.#removals.set(place, known);
    return known;
  }
}
