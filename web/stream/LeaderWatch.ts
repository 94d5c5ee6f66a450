import { idle, type Cancel, type Clock } from "./clock.ts";

/** After so long without a word from the leader a tab says hello: a frozen tab keeps its lock and says nothing. */
const SILENCE_MS = 30_000;

/** A leader that does not answer a hello for so long is dead. */
const NO_ANSWER_MS = 10_000;

/** What a tab does about a leader that says nothing. */
interface LeaderWatchListener {
  readonly onSilence: () => void;
  readonly onDeath: () => void;
}

/** Notices that the leading tab is dead, whatever its connection was doing when it died. */
export class LeaderWatch {
  readonly #clock: Clock;
  readonly #listener: LeaderWatchListener;
  #cancel: Cancel = idle;

  constructor(clock: Clock, listener: LeaderWatchListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** The leader said something. */
  heard(): void {
    this.stop();
    this.#cancel = this.#clock.after(SILENCE_MS, () => this.knock());
  }

  /** Wants an answer now. */
  knock(): void {
    this.stop();
    this.#cancel = this.#clock.after(NO_ANSWER_MS, this.#listener.onDeath);
    this.#listener.onSilence();
  }

  stop(): void {
    this.#cancel();
  }
}
