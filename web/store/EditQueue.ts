import { addEntry, changeEntry, removeEntry } from "../api/mealPlans.ts";
import type { ShownPlan } from "../api/readMealPlan.ts";
import type { Failure, Result } from "../api/request.ts";
import { entryIdOf, type Edit, type PendingEdit } from "./pendingEdits.ts";

/** A saved edit is believed to be in the plan after so long, whatever the plan's `updatedAt` says. */
const BELIEF_MS = 10_000;

/** Failures that say nothing about the edit itself. */
const TRANSIENT: ReadonlySet<Failure["code"]> = new Set<Failure["code"]>([
  "network",
  "unreadable",
  "internal",
  "database-unavailable",
  "hub-unavailable",
  "signed-out",
]);

/** What an edit queue tells. */
export interface EditQueueListener {
  /** The list of pending edits changed. */
  readonly onChange: () => void;
  /** The server saved an edit; this is its plan. */
  readonly onSaved: (plan: ShownPlan) => void;
  /** An edit was given up because its dish is no more. */
  readonly onVanished: (edit: Edit) => void;
}

/**
 * The user's edits on their way to the server: in order per dish, one at a time, and none is ever forgotten. One that
 * did not get through stays until it is retried or discarded.
 */
export class EditQueue {
  readonly #planId: string;
  readonly #now: () => number;
  readonly #listener: EditQueueListener;
  #pending: readonly PendingEdit[] = [];

  constructor(planId: string, now: () => number, listener: EditQueueListener) {
    this.#planId = planId;
    this.#now = now;
    this.#listener = listener;
  }

  get pending(): readonly PendingEdit[] {
    return this.#pending;
  }

  /** True while an edit is known to nobody but this page. */
  get unsaved(): boolean {
    return this.#pending.some((one) => one.status !== "saved");
  }

  /** Takes an edit in. It also takes up what failed of the same dish before: after a removal there is nothing to retry. */
  add(edit: Edit): void {
    const entryId = entryIdOf(edit);
    if (edit.kind === "remove") this.discard(entryId);
    this.#set([...this.#pending, { edit, status: "waiting" }]);
    this.retry(entryId);
    void this.#pump(entryId);
  }

  /** Sends again what failed; with an id, only what failed of that dish. */
  retry(entryId?: string): void {
    const again = this.#pending.filter((one) => one.status === "failed" && isAbout(one, entryId));
    this.#set(
      this.#pending.map((one) => (again.includes(one) ? { edit: one.edit, status: "waiting" } : one)),
    );
    for (const id of new Set(again.map((one) => entryIdOf(one.edit)))) void this.#pump(id);
  }

  /** Sends again what the network kept from the server. */
  retryLost(): void {
    for (const one of this.#pending) {
      if (one.status === "failed" && TRANSIENT.has(one.failure.code)) this.retry(entryIdOf(one.edit));
    }
  }

  /** Gives up every edit of a dish that is not saved and not just being sent. */
  discard(entryId: string): void {
    this.#set(this.#pending.filter((one) => isSent(one) || !isAbout(one, entryId)));
  }

  /** A plan came down the stream: forgets the edits that it holds. */
  arrived(plan: ShownPlan): void {
    const now = this.#now();
    this.#set(this.#pending.filter((one) => one.status !== "saved" || !isIn(one, plan, now)));
  }

  async #pump(entryId: string): Promise<void> {
    const next = this.#pending.find((one) => one.status !== "saved" && isAbout(one, entryId));
    if (next?.status !== "waiting") return;
    const saving: PendingEdit = { edit: next.edit, status: "saving" };
    this.#replace(next, saving);
    const result = await sendEdit(this.#planId, next.edit);
    if (this.#settle(saving, result)) await this.#pump(entryId);
  }

  /** @returns whether the dish's next edit may follow. */
  #settle(saving: PendingEdit, result: Result<ShownPlan>): boolean {
    const { edit } = saving;
    if (result.ok) {
      this.#replace(saving, {
        edit,
        status: "saved",
        savedAs: result.value.updatedAt,
        savedAt: this.#now(),
      });
      this.#listener.onSaved(result.value);
      return true;
    }
    const { failure } = result;
    if (failure.code !== "not-found" || edit.kind === "add") {
      this.#replace(saving, { edit, status: "failed", failure });
      return false;
    }
    this.#set(this.#pending.filter((one) => one !== saving));
    if (edit.kind === "change") this.#listener.onVanished(edit);
    return true;
  }

  #replace(one: PendingEdit, by: PendingEdit): void {
    this.#set(this.#pending.map((other) => (other === one ? by : other)));
  }

  #set(pending: readonly PendingEdit[]): void {
    this.#pending = pending;
    this.#listener.onChange();
  }
}

function sendEdit(planId: string, edit: Edit): Promise<Result<ShownPlan>> {
  if (edit.kind === "add") return addEntry(planId, edit.entry);
  if (edit.kind === "change") return changeEntry(planId, edit.entryId, edit.change);
  return removeEntry(planId, edit.entryId);
}

function isSent({ status }: PendingEdit): boolean {
  return status === "saved" || status === "saving";
}

function isAbout(one: PendingEdit, entryId: string | undefined): boolean {
  return entryId === undefined || entryIdOf(one.edit) === entryId;
}

function isIn(one: PendingEdit & { readonly status: "saved" }, plan: ShownPlan, now: number): boolean {
  return one.savedAs <= plan.updatedAt || now - one.savedAt > BELIEF_MS;
}
