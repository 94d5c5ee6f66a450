import type { EventOutcome } from "../../protocol/changeEvent.ts";
import { logLine } from "../../protocol/logLine.ts";
import type { Grant, Update } from "../../protocol/update.ts";
import { isForeign, versionSeconds, type Version } from "../../protocol/version.ts";
import type { TopicBounds } from "./hubSettings.ts";
import type { Documents } from "./Documents.ts";
import type { Applied } from "./Log.ts";
import type { LogItem } from "./LogItem.ts";
import type { Topic } from "./Topic.ts";

type Outcome = Exclude<EventOutcome, "ignored">;

/** All of a topic as of one moment. */
export interface TopicSnapshot {
  /** Sorts after every change of its moment. */
  readonly version: Version;
  readonly updates: readonly Update[];
  /** `null` where no document grants the topic. */
  readonly grant: Grant | null;
}

/** What changed in a topic between two moments. */
export interface TopicChanges {
  /** The moment up to which nothing is missing. */
  readonly version: Version;
  readonly updates: readonly Update[];
  readonly grant: Grant | null;
}

interface IntakeOptions {
  readonly name: string;
  readonly documents: Documents;
  readonly topic: Topic<LogItem>;
  readonly bounds: TopicBounds;
  readonly now: () => number;
  /** Called when a reconcile has found something that no event told of: of each item the newest. */
  readonly onFound: (updates: readonly Update[]) => void;
  /** Called when the topic has grown beyond its bounds. */
  readonly onTooLarge: () => void;
}

/** Takes news of a topic's items in, whoever brings it, in any order and any number of times. */
export class Intake {
  readonly #options: IntakeOptions;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Takes in what a publisher tells. */
  publish(updates: readonly Update[]): Outcome[] {
    const outcomes = updates.map((update) => this.#take(update).outcome);
    this.#tell(updates.filter((_, index) => outcomes[index] === "published"));
    this.#fits();
    return outcomes;
  }

  /** Takes in whom the granting document lets in. */
  takeGrant(grant: Grant): void {
    const { documents, topic } = this.#options;
    if (!documents.rights.takeGrant(grant)) return;
    documents.hashes.clear();
    topic.subscribers.checkRights();
  }

  /**
   * Takes in all that the database holds of the topic. Answers whether that is within its bounds.
   * @param startedAfter The newest version that was held before the database was asked, or `null`.
   */
  takeSnapshot(snapshot: TopicSnapshot, startedAfter: Version | null): boolean {
    const { documents, now } = this.#options;
    const { log, isSingle } = documents;
    // Nothing was ever heard of a document that is not there: there is nothing to remember of it.
    if (isSingle && !log.exists && snapshot.updates.every(({ data }) => data === null)) return true;
    const startsOver = isForeign(snapshot.version, startedAfter);
    if (startsOver) this.#startOver(snapshot.version);
    if (snapshot.grant) this.takeGrant(snapshot.grant);
    log.begin(now());
    const isFirst = log.sure === null;
    const there = new Set(snapshot.updates.map(({ id }) => id));
    const gone = log.present().filter(({ id }) => !there.has(id));
    const removals = gone.map(({ id }) => removalOf(id, snapshot.version));
    const found = this.#heal([...snapshot.updates, ...removals], isFirst);
    this.#report(found);
    // Not both: what is of the new epoch must not come before the reset.
    if (startsOver) this.#resetAll(snapshot.updates);
    else this.#tell(found);
    return this.#fits();
  }

  /** Takes in what changed since the log was last sure. Answers whether the topic is within its bounds. */
  takeChanges({ updates, grant }: TopicChanges): boolean {
    if (grant) this.takeGrant(grant);
    const { log } = this.#options.documents;
    const unheard = updates.filter(({ id, version }) => version > (log.item(id)?.version ?? ""));
    this.#tell(this.#heal(updates, false));
    // Not only what was news: an event of the history shows its item as it is by now, and the one that tells of that,
    // a move for example, is a repeat then.
    this.#report(unheard);
    return this.#fits();
  }

  /** What a reconcile brings and nobody told of is healed; of a first one, that is everything. Answers what was news. */
  #heal(updates: readonly Update[], isFirst: boolean): readonly Update[] {
    const { documents, topic, name } = this.#options;
    const found: Update[] = [];
    for (const update of updates) {
      const known = documents.log.item(update.id);
      if (!known && update.data === null) continue;
      if (this.#take(update).outcome !== "published") continue;
      found.push(update);
      if (isFirst && !known) continue;
      topic.counters.add("healed");
      logLine("warn", "healed", { topic: name, item: update.id, had: known?.version, has: update.version });
    }
    return found;
  }

  #take(update: Update): Applied {
    const { documents, topic, now } = this.#options;
    const applied = documents.log.apply(update, now());
    const { outcome, item, accessChanged } = applied;
    topic.counters.add(outcome === "repeat" ? "repeats" : outcome);
    if (outcome === "published" && item) documents.hashes.add(item);
    if (accessChanged && documents.isSingle) {
      // Not at the pace of the fan-out: who lost the right sees nothing more.
      topic.subscribers.checkRights();
      documents.hashes.clear();
    }
    return applied;
  }

  /** Reports of each item the newest that no event told. */
  #report(found: readonly Update[]): void {
    const newest = new Map(found.map((update) => [update.id, update]));
    if (newest.size > 0) this.#options.onFound([...newest.values()]);
  }

  #tell(published: readonly Update[]): void {
    const newest = published.at(-1);
    if (newest) this.#options.topic.tell(newest.at);
  }

  #startOver(version: Version): void {
    const { documents, name } = this.#options;
    logLine("warn", "new-epoch", { topic: name, has: version });
    documents.log.beginEpoch();
    documents.rights.distrust();
  }

  #resetAll(updates: readonly Update[]): void {
    const { documents, topic, now } = this.#options;
    for (const { id } of updates) documents.log.renumber(id, now());
    documents.hashes.clear();
    topic.subscribers.checkRights();
    topic.subscribers.resetAll("new-epoch");
  }

  /** Gives the topic up when it is beyond its bounds. Answers whether it is within them. */
  #fits(): boolean {
    const { documents, bounds, name, onTooLarge } = this.#options;
    if (documents.isSingle || !documents.log.exists) return true;
    const { items, characters } = documents.log.size;
    if (items <= bounds.items && characters <= bounds.characters) return true;
    logLine("error", "topic-too-large", { topic: name, items, characters });
    onTooLarge();
    return false;
  }
}

function removalOf(id: string, version: Version): Update {
  return { id, version, at: versionSeconds(version) * 1000, data: null, access: null };
}
