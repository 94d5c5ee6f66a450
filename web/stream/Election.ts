/** What happens to a tab. */
interface ElectionListener {
  readonly onElected: () => void;
  /** Another tab took the lead because this one looked dead. */
  readonly onDeposed: () => void;
}

/**
 * Finds one tab among all tabs that share a name: whoever holds the Web Lock leads, the others wait in line, and the
 * browser hands the lock on when a tab closes or crashes. Without Web Locks every tab leads itself.
 */
export class Election {
  readonly #locks: LockManager | null;
  readonly #name: string;
  readonly #listener: ElectionListener;
  #candidacy: AbortController | null = null;

  constructor(locks: LockManager | null, name: string, listener: ElectionListener) {
    this.#locks = locks;
    this.#name = name;
    this.#listener = listener;
  }

  /** True while this tab leads or waits in line. */
  get joined(): boolean {
    return this.#candidacy !== null;
  }

  /** Stands for the lead; does nothing when it already does. */
  join(): void {
    if (!this.joined) this.#stand(false);
  }

  /** Takes the lead from a tab that holds it without leading. */
  seize(): void {
    this.leave();
    this.#stand(true);
  }

  /** Gives up the lead, or the place in line. */
  leave(): void {
    const candidacy = this.#candidacy;
    this.#candidacy = null;
    candidacy?.abort();
  }

  #stand(steal: boolean): void {
    const candidacy = new AbortController();
    this.#candidacy = candidacy;
    if (!this.#locks) return this.#listener.onElected();
    const { signal } = candidacy;
    this.#locks
      // `steal` and `signal` exclude each other; a stolen lock never waits, so it needs no signal.
      .request(this.#name, steal ? { steal } : { signal }, () => this.#hold(signal))
      .catch((error: unknown) => this.#lost(candidacy, error));
  }

  /** The lock is held until the returned promise settles. */
  #hold(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.#listener.onElected();
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
  }

  #lost(candidacy: AbortController, error: unknown): void {
    if (candidacy.signal.aborted) return;
    this.#candidacy = null;
    this.#listener.onDeposed();
    // Only a theft is expected here.
    if (!(error instanceof DOMException && error.name === "AbortError")) reportError(error);
  }
}
