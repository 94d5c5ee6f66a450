import type { Ping } from "../../protocol/streamEvents.ts";
import { idle, type Cancel, type Clock } from "./clock.ts";

const PATIENCE = 2.5;

/** A connection that says nothing for so long after it was opened will not: the first events come at once. */
const OPENING_MS = 20_000;

const SHORTEST_MS = 1_000;
const LONGEST_MS = 120_000;

/** Two gaps count as the same heartbeat when they differ by less than this share. */
const ALIKE = 0.25;

/**
 * Notices that a connection fell silent: 2.5 heartbeats without a byte. A half-open connection looks open for minutes
 * otherwise. It learns the server's heartbeat from the clock in its pings, but believes only two like gaps in a row: one
 * extra ping must not make it impatient. A silence makes it more patient, in case the heartbeat is slower than it knows.
 */
export class Watchdog {
  readonly #clock: Clock;
  readonly #onSilence: () => void;
  #heartbeat: number;
  #lastPingAt: number | null = null;
  #lastGap = 0;
  #cancel: Cancel = idle;

  constructor(clock: Clock, heartbeatMs: number, onSilence: () => void) {
    this.#clock = clock;
    this.#heartbeat = heartbeatMs;
    this.#onSilence = onSilence;
  }

  /** Milliseconds of silence that it bears. */
  get limit(): number {
    return this.#heartbeat * PATIENCE;
  }

  /** A connection is being opened. */
  start(): void {
    this.#lastPingAt = null;
    this.#lastGap = 0;
    this.#wait(OPENING_MS, this.#onSilence);
  }

  /** Something came. */
  heard(): void {
    this.#wait(this.limit, () => this.#silent());
  }

  /** A heartbeat came. */
  heardPing(ping: Partial<Ping>): void {
    const at = Date.parse(ping.at ?? "");
    if (!Number.isNaN(at)) {
      if (this.#lastPingAt !== null) this.#learn(at - this.#lastPingAt);
      this.#lastPingAt = at;
    }
    this.heard();
  }

  stop(): void {
    this.#cancel();
    this.#cancel = idle;
  }

  #wait(milliseconds: number, then: () => void): void {
    this.#cancel();
    this.#cancel = this.#clock.after(milliseconds, then);
  }

  #learn(gap: number): void {
    const alike = Math.abs(gap - this.#lastGap) < gap * ALIKE;
    this.#lastGap = gap;
    if (alike) this.#expect(gap);
  }

  #silent(): void {
    this.#expect(this.#heartbeat * 2);
    this.#onSilence();
  }

  #expect(heartbeat: number): void {
    this.#heartbeat = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, heartbeat));
  }
}
