import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Failure } from "../api/request.ts";
import type { Clock } from "../stream/clock.ts";
import { readEditMessage, type EditMessage } from "./editMessage.ts";
import { EditSender } from "./EditSender.ts";
import { KeptEdits } from "./KeptEdits.ts";
import { MadeEdits, type MadeEdit } from "./MadeEdits.ts";
import {
  nextOrder,
  reconcile,
  supersededBy,
  withoutOld,
  type EditState,
  type PendingEdit,
  type QueuedEdit,
} from "./pendingEdit.ts";
import { targetOf, type Work } from "./work.ts";

/** What the edits of an account need of their surroundings. */
export interface AccountEditsOptions {
  readonly account: string;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly locks: LockManager | null;
  /** True while requests go out in the name of this account. */
  readonly maySend: () => boolean;
}

/**
 * A user's edits on their way to the server. Each is kept on the device first, then shown, then sent; all tabs show the
 * same ones. One that was refused stays until it is tried again or dropped.
 */
export class AccountEdits {
  /** In the order in which they were made. */
  readonly pending: Signal<readonly PendingEdit[]> = signal([]);
  /** The key of the last edit of this tab that was refused. */
  readonly refusedHere: Signal<string | null> = signal(null);
  /** What was done in this tab. */
  readonly made = new MadeEdits();
  /** False when this browser keeps nothing: edits are lost with the tab. */
  readonly isLasting: ReadonlySignal<boolean>;
  /** Whose edits they are. */
  readonly account: string;
  readonly #options: AccountEditsOptions;
  readonly #kept: KeptEdits;
  /** The keys of edits that were made in this tab and not refused. */
  readonly #here = new Set<string>();
  readonly #sender: EditSender;
  #channel: BroadcastChannel | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: AccountEditsOptions) {
    this.#options = options;
    this.account = options.account;
    this.#kept = new KeptEdits(options.account);
    this.isLasting = this.#kept.isLasting;
    this.#sender = new EditSender({
      ...options,
      pending: () => this.pending.peek(),
      onSending: ({ key }) => this.#put(key, { kind: "saving" }),
      onSaved: (row, updatedAt) => this.#saved(row, updatedAt),
      onRefused: (row, refusal) => this.#rewrite({ ...row, refusal }, { kind: "refused" }),
      onHeld: (row) => this.#rewrite({ ...row, tries: row.tries + 1 }, { kind: "waiting" }),
    });
  }

  /** Takes up what this device has kept. */
  start(): void {
    this.#channel = new BroadcastChannel(`mealcast-edits:${this.#options.account}`);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => this.#heard(data));
    void this.#read();
    this.#sender.start();
  }

  stop(): void {
    this.#sender.stop();
    this.#channel?.close();
    this.#channel = null;
  }

  /**
   * Takes an edit in.
   * @param about the name of what is edited, for the person.
   * @returns its key, when it is kept.
   */
  async add(work: Work, about: string): Promise<string> {
    const key = crypto.randomUUID();
    this.made.note({ key, work, about });
    await this.#takeIn({ key, work, about, isUndo: false });
    return key;
  }

  /** Takes back what was done in this tab, by an edit that does the opposite: what others have done since stays. */
  async undo({ key, about }: MadeEdit, inverse: Work): Promise<void> {
    this.made.forget(key);
    await this.#takeIn({ key: crypto.randomUUID(), work: inverse, about, isUndo: true });
  }

  /** Puts another edit in the place of one that was refused; none gives it up. What waits behind it goes on. */
  async revise(refused: QueuedEdit, work: Work | null): Promise<void> {
    await this.#inTurn(async () => {
      // The old key may still be on its way to the server: what it brings there is not what is wanted now.
      const row = work && { ...refused, key: crypto.randomUUID(), work, tries: 0, refusal: null };
      if (row) this.made.note(row);
      if (row) await this.#insert(row);
      await this.#forget(refused);
    });
    this.#tell();
  }

  /** Why an edit was refused; `null` when it is saved, or waits for a server. */
  outcome(key: string): Promise<Failure | null> {
    const { promise, resolve } = Promise.withResolvers<Failure | null>();
    const stop = effect(() => {
      const one = this.pending.value.find(({ row }) => row.key === key);
      if (one?.row.refusal) resolve(one.row.refusal);
      else if (!one || one.state.kind === "saved" || one.row.tries > 0) resolve(null);
    });
    return promise.finally(stop);
  }

  /** Sends again what was refused of a target. */
  async retry(target: string): Promise<void> {
    await this.#inTurn(async () => {
      for (const old of this.#refused(target)) await this.#renew(old);
    });
    this.#tell();
  }

  /** Gives up what was refused of a target, and what waits behind it. */
  async drop(target: string): Promise<void> {
    await this.#inTurn(async () => {
      const dropped = this.pending
        .peek()
        .filter(({ row, state }) => targetOf(row.work) === target && isDroppable(state));
      for (const { row } of dropped) await this.#giveUp(row);
    });
    this.#tell();
  }

  /** Takes an edit back that was refused: what it said is still where it was typed. What waits behind it goes on. */
  async takeBack(key: string): Promise<void> {
    await this.#inTurn(async () => {
      const refused = this.pending.peek().find(({ row }) => row.key === key && row.refusal !== null);
      if (refused) await this.#giveUp(refused.row);
    });
    this.#tell();
  }

  /** There may be a server again. */
  wake(): void {
    this.#sender.wake();
    this.#say({ kind: "wake" });
  }

  /** Erases all of them, here and on the device. */
  async clear(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#kept.clear();
      this.made.clear();
      this.#set([]);
    });
    this.#tell();
  }

  async #takeIn(edit: Pick<QueuedEdit, "key" | "work" | "about" | "isUndo">): Promise<void> {
    await this.#inTurn(async () => {
      const { account, clock } = this.#options;
      const order = nextOrder(this.pending.peek(), clock.now());
      await this.#insert({ ...edit, account, order, tries: 0, refusal: null });
      for (const { row } of supersededBy(this.pending.peek(), edit.work)) await this.#forget(row);
      for (const old of this.#refused(targetOf(edit.work))) await this.#renew(old);
    });
    this.#tell();
  }

  async #insert(row: QueuedEdit): Promise<void> {
    this.#here.add(row.key);
    const isKept = await this.#kept.keep(row);
    const one: PendingEdit = { row, isKept, state: { kind: "waiting" } };
    this.#set([...this.pending.peek(), one].toSorted((a, b) => a.row.order - b.row.order));
  }

  #refused(target: string): readonly PendingEdit[] {
    return this.pending
      .peek()
      .filter(({ row, state }) => state.kind === "refused" && targetOf(row.work) === target);
  }

  /** One that is tried again is a new attempt of the same edit. */
  async #renew(old: PendingEdit): Promise<void> {
    const row = { ...old.row, refusal: null, tries: 0 };
    await this.#kept.keep(row);
    this.#replace(old.row.key, (one) => ({ ...one, row, state: { kind: "waiting" } }));
  }

  #heard(data: unknown): void {
    const message = readEditMessage(data);
    if (message?.kind === "changed") void this.#read();
    if (message?.kind === "wake") this.#sender.wake();
    if (message?.kind === "saved") this.#put(message.key, this.#savedAs(message.as));
  }

  #read(): Promise<void> {
    return this.#inTurn(async () => {
      const stored = await this.#kept.all();
      if (stored) this.#set(reconcile(this.pending.peek(), stored));
      this.#sender.pump();
    });
  }

  #giveUp(row: QueuedEdit): Promise<void> {
    this.made.forget(row.key);
    return this.#forget(row);
  }

  async #forget({ key }: QueuedEdit): Promise<void> {
    await this.#kept.forget(key);
    this.#set(this.pending.peek().filter(({ row, state }) => row.key !== key || state.kind === "saved"));
  }

  /** The other tabs hear it before the device forgets it: otherwise they would lose it for a moment. */
  #saved(row: QueuedEdit, updatedAt: string | null): void {
    this.#put(row.key, this.#savedAs(updatedAt));
    this.#say({ kind: "saved", key: row.key, as: updatedAt });
    void this.#inTurn(() => this.#forget(row));
  }

  #savedAs(updatedAt: string | null): EditState {
    return { kind: "saved", as: updatedAt, at: this.#options.clock.now() };
  }

  #rewrite(row: QueuedEdit, state: EditState): void {
    this.#replace(row.key, (one) => ({ ...one, row, state }));
    void this.#inTurn(async () => {
      const isThere = this.pending.peek().some((one) => one.row.key === row.key && one.isKept);
      if (isThere) await this.#kept.keep(row);
    }).then(() => this.#say({ kind: "changed" }));
  }

  #put(key: string, state: EditState): void {
    this.#replace(key, (one) => ({ ...one, state }));
  }

  #replace(key: string, by: (one: PendingEdit) => PendingEdit): void {
    this.#set(this.pending.peek().map((one) => (one.row.key === key ? by(one) : one)));
  }

  #set(pending: readonly PendingEdit[]): void {
    this.pending.value = withoutOld(pending, this.#options.clock.now());
    for (const { row, state } of pending) if (state.kind === "refused") this.#wasRefused(row.key);
  }

  /** Whichever tab has sent it: it concerns the one where it was made. */
  #wasRefused(key: string): void {
    if (!this.#here.delete(key)) return;
    this.made.forget(key);
    this.refusedHere.value = key;
  }

  #tell(): void {
    this.#say({ kind: "changed" });
    this.#sender.pump();
  }

  #say(message: EditMessage): void {
    this.#channel?.postMessage(message);
  }

  /** One after the other: a reading that began before a writing would undo it on the page. */
  #inTurn(job: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(job);
    return this.#turn;
  }
}

function isDroppable(state: EditState): boolean {
  return state.kind === "refused" || state.kind === "waiting";
}
