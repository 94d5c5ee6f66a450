import type { EventOutcome } from "../../protocol/changeEvent.ts";
import { describeError, log as writeLog } from "../../protocol/log.ts";
import type { Update } from "../../protocol/update.ts";
import { versionSeconds } from "../../protocol/version.ts";
import { Counters } from "./Counters.ts";
import { Frames } from "./Frames.ts";
import { Log } from "./Log.ts";
import { Pacer } from "./Pacer.ts";
import { Subscribers } from "./Subscribers.ts";

/** The shortest pause between two rounds of a burst. */
const PAUSE_MS = 10;

/** Who comes and goes is told at most this often. */
const PRESENCE_PAUSE_MS = 1000;

/** A database whose clock is this far behind what we hold is another one: a restore, or another cluster. */
const FOREIGN_CLOCK_SECONDS = 60;

type Outcome = Exclude<EventOutcome, "ignored">;

interface TopicOptions {
  readonly storage: DurableObjectStorage;
  readonly now: () => number;
  readonly newEpoch: () => string;
  /** Called when a subscriber has come or gone. */
  readonly onChange: () => void;
  /** Called when a subscriber had no room for what it lacks. */
  readonly onBehind: () => void;
}

/** One topic: its log, its subscribers, and the pace at which changes go from the one to the others. */
export class Topic {
  readonly log: Log;
  readonly counters = new Counters();
  readonly frames: Frames;
  readonly subscribers: Subscribers;
  readonly #presence: Pacer;
  readonly #fanout: Pacer;
  readonly #now: () => number;
  #newestAt = 0;

  constructor({ storage, now, newEpoch, onChange, onBehind }: TopicOptions) {
    this.#now = now;
    this.log = new Log(storage, newEpoch);
    this.frames = new Frames(() => this.log.range.epoch);
    this.subscribers = new Subscribers({
      log: this.log,
      frames: this.frames,
      counters: this.counters,
      now,
      breathe: () => scheduler.wait(0),
      onChange: () => this.#changed(onChange),
      onBehind,
    });
    this.#presence = new Pacer({
      act: () => this.subscribers.tellPresence(),
      pauseMs: () => PRESENCE_PAUSE_MS,
      now,
    });
    this.#fanout = new Pacer({
      act: () => this.#tellAll(),
      // As long as a round takes: half of the time is for all else. A runtime that is pressed harder lets some clients
      // wait for seconds.
      pauseMs: (tookMs) => Math.max(PAUSE_MS, tookMs),
      now,
    });
  }

  /** Takes updates in, in any order and any number of times, and tells the subscribers what is new. */
  publish(updates: readonly Update[]): Outcome[] {
    return updates.map((update) => this.#publishOne(update));
  }

  /**
   * Takes in what the database holds now.
   * @param startedAfter The version held before the database was asked, or `null`.
   */
  reconcile(update: Update, startedAfter: string | null): void {
    const known = this.log.item(update.id);
    if (!known && update.data === null) return;
    if (startedAfter && isForeign(update, startedAfter)) {
      this.#startOver(update);
      return;
    }
    const outcome = this.#publishOne(update);
    if (outcome !== "published" || !known) return;
    this.counters.add("healed");
    writeLog("warn", "healed", { item: update.id, had: known.version, has: update.version });
  }

  #publishOne(update: Update): Outcome {
    const { outcome, item, accessChanged } = this.log.apply(update, this.#now());
    this.counters.add(outcome === "repeat" ? "repeats" : outcome);
    if (this.subscribers.size === 0) return outcome;
    // Not at the pace of the fan-out: who lost the right sees nothing more.
    if (accessChanged) this.subscribers.checkAccess(item);
    if (outcome === "published") {
      this.#newestAt = update.at;
      this.#fanout.ask();
    }
    return outcome;
  }

  async #tellAll(): Promise<void> {
    try {
      await this.subscribers.catchUpAll(this.#newestAt);
    } catch (error) {
      writeLog("error", "fan-out-failed", describeError(error));
    }
  }

  #startOver(update: Update): void {
    writeLog("warn", "new-epoch", { item: update.id, has: update.version });
    this.log.beginEpoch();
    this.log.distrust(update.id);
    const { item } = this.log.apply(update, this.#now());
    this.subscribers.checkAccess(item);
    this.subscribers.resetAll("new-epoch");
  }

  #changed(onChange: () => void): void {
    if (this.subscribers.size > 0) this.#presence.ask();
    else this.#rest();
    onChange();
  }

  #rest(): void {
    this.#presence.stop();
    this.#fanout.stop();
    this.frames.clear();
  }
}

function isForeign(update: Update, held: string): boolean {
  return versionSeconds(held) - versionSeconds(update.version) > FOREIGN_CLOCK_SECONDS;
}
