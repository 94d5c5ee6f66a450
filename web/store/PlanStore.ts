import { batch, signal, type Signal } from "@preact/signals";
import type { EntryFields } from "../../protocol/mealPlan.ts";
import type { Viewer } from "../../protocol/streamEvents.ts";
import { fetchPlan, planStreamUrl } from "../api/mealPlans.ts";
import { readMealPlan, type ShownEntry, type ShownPlan } from "../api/readMealPlan.ts";
import { openStream, type Stream } from "../stream/openStream.ts";
import type { State } from "../stream/states.ts";
import { describeChanges } from "./describeChanges.ts";
import { EditQueue } from "./EditQueue.ts";
import { Entries } from "./Entries.ts";
import type { TypedEntry } from "./entryDraft.ts";
import { newEntryId } from "./newEntryId.ts";
import { applyEdits, entryIdOf, type Edit } from "./pendingEdits.ts";

export interface PlanStoreOptions {
  readonly planId: string;
  /** The token of a share link, for a guest. */
  readonly share: string | null;
  /** Names the user and the plan; tabs of the same group use one connection together. */
  readonly tabGroup: string;
  /** What is known already, so that the first paint need not wait. */
  readonly plan: ShownPlan | null;
}

/** What of a plan is not its dishes: it hardly ever changes, and what shows it is hardly ever painted. */
export type PlanHead = Pick<ShownPlan, "_id" | "householdId" | "week">;

/** Something that happened and that the user should know, with no place of its own on the page. */
export type Notice =
  | { readonly kind: "removed"; readonly entry: ShownEntry }
  | { readonly kind: "vanished"; readonly title: string };

/** One plan on the page: what the stream says, the user's own edits on top, one signal per dish. */
export class PlanStore {
  readonly state: Signal<State> = signal("connecting");
  /** Which plan this is; `null` until it is known. */
  readonly head: Signal<PlanHead | null> = signal(null);
  readonly deleted = signal(false);
  readonly viewers: Signal<readonly Viewer[]> = signal([]);
  readonly notice: Signal<Notice | null> = signal(null);
  /** What others changed last, in a sentence. */
  readonly news = signal("");
  readonly unsaved = signal(false);
  readonly entries = new Entries();
  readonly #options: PlanStoreOptions;
  readonly #edits: EditQueue;
  #plan: ShownPlan | null = null;
  #stream: Stream | null = null;

  constructor(options: PlanStoreOptions) {
    this.#options = options;
    this.#edits = new EditQueue(options.planId, Date.now, {
      onChange: () => this.#show(),
      onSaved: (plan) => this.#saved(plan),
      onVanished: (edit) => this.#vanished(edit),
    });
    if (options.plan) this.#arrived(options.plan);
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
      onViewers: (viewers) => (this.viewers.value = viewers),
    });
    this.#stream = stream;
    return () => stream.close();
  }

  /** The user signed in again, or wants it to try now. */
  resume(): void {
    this.#stream?.resume();
    this.#edits.retryLost();
  }

  add(entry: TypedEntry): void {
    this.#edits.add({ kind: "add", entry: { _id: newEntryId(), addedBy: null, ...entry } });
  }

  change(entryId: string, change: Partial<EntryFields>): void {
    this.#edits.add({ kind: "change", entryId, change });
  }

  remove(entry: ShownEntry): void {
    batch(() => {
      this.#edits.add({ kind: "remove", entryId: entry._id });
      this.notice.value = { kind: "removed", entry };
    });
  }

  /** Puts a removed dish back, as it was. */
  undoRemove(entry: ShownEntry): void {
    batch(() => {
      this.notice.value = null;
      this.#edits.add({ kind: "add", entry });
    });
  }

  retry(entryId: string): void {
    this.#edits.retry(entryId);
  }

  discard(entryId: string): void {
    this.#edits.discard(entryId);
  }

  #held(plans: ReadonlyMap<string, ShownPlan>): void {
    const [plan] = plans.values();
    if (plan) this.#arrived(plan);
    else this.deleted.value = true;
  }

  #changed(state: State): void {
    this.state.value = state;
    if (state !== "live") this.viewers.value = [];
    if (state === "live") this.#edits.retryLost();
    if (state === "reconnecting" && this.#plan === null) void this.#fetch();
  }

  /** Where no stream gets through, the plan can still be read. */
  async #fetch(): Promise<void> {
    const { planId, share } = this.#options;
    const result = await fetchPlan(planId, share);
    if (result.ok && this.#plan === null) batch(() => this.#arrived(result.value));
  }

  #arrived(plan: ShownPlan): void {
    if (this.#plan) this.#announce(this.#plan.entries, plan.entries);
    this.#plan = plan;
    this.deleted.value = false;
    const { _id, householdId, week } = plan;
    const head = this.head.peek();
    if (head?._id !== _id || head.householdId !== householdId || head.week !== week) {
      this.head.value = { _id, householdId, week };
    }
    this.#edits.arrived(plan);
  }

  #announce(before: readonly ShownEntry[], after: readonly ShownEntry[]): void {
    const own = new Set(this.#edits.pending.map(({ edit }) => entryIdOf(edit)));
    const news = describeChanges(before, after, own);
    if (news !== "") this.news.value = news;
  }

  /** Only the stream says what the plan is; the answer to an edit may be older than what the stream said since. */
  #saved(answer: ShownPlan): void {
    const plan = this.#plan;
    if (plan && answer.updatedAt <= plan.updatedAt) this.#edits.arrived(plan);
  }

  #vanished(edit: Edit): void {
    const title = edit.kind === "change" ? edit.change.title : undefined;
    this.notice.value = { kind: "vanished", title: title ?? "this dish" };
  }

  #show(): void {
    const views = applyEdits(this.#plan?.entries ?? [], this.#edits.pending);
    batch(() => {
      this.unsaved.value = this.#edits.unsaved;
      this.entries.show(views);
    });
  }
}
