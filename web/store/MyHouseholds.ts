import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import { fetchHouseholds, readHousehold } from "../api/households.ts";
import type { Failure } from "../api/request.ts";
import { topicUrl } from "../api/streams.ts";
import { currentEdits } from "./currentEdits.ts";
import { LiveItems } from "./LiveItems.ts";
import { LiveTopics, MANY } from "./LiveTopics.ts";
import { withHouseholdEdits } from "./withHouseholdEdits.ts";

/** A household that is not the user's any more, and why. */
export interface LostHousehold {
  readonly household: Household;
  readonly why: "left" | "deleted";
}

/** The households of a user: which they are is read when a page opens, what they are is live. */
export class MyHouseholds {
  /** `null` until they are known. A household that the user left, or that was deleted, is not among them. */
  readonly list: ReadonlySignal<readonly Household[] | null>;
  /** Why they can't be read. */
  readonly failure: Signal<Failure | null> = signal(null);
  /** Those that were there when they were read and have gone since. */
  readonly lost: ReadonlySignal<readonly LostHousehold[]> = computed(() => this.#lostOnes());
  readonly topics: LiveTopics<Household>;
  readonly #fetched: Signal<readonly Household[] | null> = signal(null);

  constructor(userId: string) {
    const keys = computed(() => this.#fetched.value?.map(({ _id }) => _id) ?? null);
    this.topics = new LiveTopics(keys, (id) => this.#open(id, userId));
    this.list = computed(() => {
      const pending = currentEdits.value?.pending.value ?? [];
      const held = this.topics.items.value;
      return held && held.map((household) => withHouseholdEdits(household, pending, Date.now()));
    });
  }

  /** Opens their streams. @returns closes them. */
  watch(): () => void {
    return this.topics.watch();
  }

  /** Reads which there are. */
  async reload(): Promise<void> {
    const result = await fetchHouseholds();
    if (result.ok) this.#fetched.value = result.value;
    this.failure.value = result.ok ? null : result.failure;
  }

  #lostOnes(): readonly LostHousehold[] {
    const held = this.list.value;
    if (held === null) return [];
    return (this.#fetched.value ?? [])
      .filter(({ _id }) => !held.some((household) => household._id === _id))
      .map((household) => ({ household, why: this.topics.isLost(household._id) ? "left" : "deleted" }));
  }

  #open(id: string, userId: string): LiveItems<Household> {
    return new LiveItems({
      url: topicUrl("households", id),
      tabGroup: `${userId}:households/${id}`,
      transport: MANY,
      parse: readHousehold,
      known: this.#fetched.peek()?.filter(({ _id }) => _id === id) ?? null,
    });
  }
}
