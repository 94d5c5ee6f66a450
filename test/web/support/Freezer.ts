import type { OpenTransport } from "../../../web/stream/transport.ts";

/**
 * The surroundings of a tab that the browser can freeze. While frozen nothing gets in: what the server and the other
 * tabs send waits at the door, and so does the news that its lock was taken. Its lock stays held.
 */
export class Freezer {
  #isFrozen = false;
  readonly #waiting: (() => void)[] = [];

  freeze(): void {
    this.#isFrozen = true;
  }

  /** Everything that waited comes in, in its order. */
  thaw(): void {
    this.#isFrozen = false;
    for (const job of this.#waiting.splice(0)) job();
  }

  /** Transports whose events stop at the door. */
  transport(open: OpenTransport): OpenTransport {
    return (url, { onEvent, onEnd }) =>
      open(url, {
        onEvent: (event) => this.#enter(() => onEvent(event)),
        onEnd: (ending) => this.#enter(() => onEnd(ending)),
      });
  }

  /** Locks whose loss is noticed after the thaw. */
  locks(locks: LockManager): LockManager {
    const request = (name: string, options: LockOptions, hold: LockGrantedCallback<void>) =>
      new Promise((resolve, reject) => {
        locks.request(name, options, hold).then(
          (value) => this.#enter(() => resolve(value)),
          (error: unknown) => this.#enter(() => reject(error)),
        );
      });
    return { request, query: () => locks.query() } as unknown as LockManager;
  }

  /** Channels that hear nothing meanwhile. */
  channel(): typeof BroadcastChannel {
    const enter = (job: () => void) => this.#enter(job);
    return class extends BroadcastChannel {
      override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
        if (typeof listener !== "function") throw new TypeError("A listener is a function here");
        super.addEventListener(type, (event: Event) => enter(() => listener(event)));
      }
    };
  }

  #enter(job: () => void): void {
    if (this.#isFrozen) this.#waiting.push(job);
    else job();
  }
}
