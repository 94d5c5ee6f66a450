import type { Failure } from "../api/request.ts";
import { reconnectDelay } from "../stream/backoff.ts";
import { idle, type Cancel, type Clock } from "../stream/clock.ts";
import { nextToSend, type PendingEdit, type QueuedEdit } from "./pendingEdit.ts";
import { sendWork } from "./sendWork.ts";

/** Failures that say nothing about the edit itself. */
const TRANSIENT: ReadonlySet<Failure["code"]> = new Set<Failure["code"]>([
  "network",
  "unreadable",
  "internal",
  "database-unavailable",
  "hub-unavailable",
  "too-many-attempts",
  "signed-out",
]);

/** An edit at which the server breaks so often is one for the person to look at. */
const MOST_BREAKDOWNS = 5;

/** What a sender needs of its queue. */
export interface EditSenderOptions {
  readonly account: string;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** `null` where there are none: then every tab sends, and the keys make it harmless. */
  readonly locks: LockManager | null;
  /** True while requests go out in the name of this account. */
  readonly maySend: () => boolean;
  readonly pending: () => readonly PendingEdit[];
  readonly onSending: (row: QueuedEdit) => void;
  readonly onSaved: (row: QueuedEdit, updatedAt: string | null) => void;
  readonly onRefused: (row: QueuedEdit, failure: Failure) => void;
  /** It did not get through and will be sent again. */
  readonly onHeld: (row: QueuedEdit) => void;
}

/**
 * Sends an account's edits: in order per document, one at a time, from one tab of the browser. When the server can't be
 * reached it tries again after a while, or when it is woken.
 */
export class EditSender {
  readonly #options: EditSenderOptions;
  readonly #stopped = new AbortController();
  #isChosen: boolean;
  #attempt = 0;
  #cancelRetry: Cancel = idle;
  #rests = false;

  constructor(options: EditSenderOptions) {
    this.#options = options;
    this.#isChosen = options.locks === null;
  }

  /** Waits for its turn among the tabs. The browser passes the turn on when a tab goes, in whatever way. */
  start(): void {
    const { locks, account } = this.#options;
    const { signal } = this.#stopped;
    locks?.request(`mealcast-edits:${account}`, { signal }, () => this.#lead()).catch(() => {});
    this.pump();
  }

  stop(): void {
    this.#stopped.abort();
    this.#cancelRetry();
  }

  /** There may be a server again: does not wait any longer. */
  wake(): void {
    this.#cancelRetry();
    this.#rests = false;
    this.pump();
  }

  /** Sends what can be sent now. */
  pump(): void {
    const { maySend, pending } = this.#options;
    if (this.#rests || this.#stopped.signal.aborted) return;
    const next = nextToSend(pending()).filter(({ isKept }) => this.#isChosen || !isKept);
    for (const { row } of next) {
      if (maySend()) void this.#send(row);
      else if (row.tries === 0) this.#options.onHeld(row);
    }
  }

  #lead(): Promise<void> {
    const { signal } = this.#stopped;
    const { promise, resolve } = Promise.withResolvers<void>();
    // Stopped at the very moment of its turn: nobody would ever pass that on.
    if (signal.aborted) return Promise.resolve();
    signal.addEventListener("abort", () => resolve());
    this.#isChosen = true;
    this.pump();
    return promise;
  }

  async #send(row: QueuedEdit): Promise<void> {
    const { onSending, onSaved } = this.#options;
    onSending(row);
    const result = await sendWork(row);
    if (this.#stopped.signal.aborted) return;
    if (result.ok) {
      this.#attempt = 0;
      onSaved(row, result.value);
    } else {
      this.#failed(row, result.failure);
    }
    this.pump();
  }

  #failed(row: QueuedEdit, failure: Failure): void {
    const isBroken = failure.code === "internal" && row.tries + 1 >= MOST_BREAKDOWNS;
    if (!TRANSIENT.has(failure.code) || isBroken) return this.#options.onRefused(row, failure);
    this.#rest();
    this.#options.onHeld(row);
  }

  #rest(): void {
    const { clock, random } = this.#options;
    this.#rests = true;
    this.#cancelRetry();
    this.#cancelRetry = clock.after(reconnectDelay(this.#attempt, random()), () => this.wake());
    this.#attempt += 1;
  }
}
