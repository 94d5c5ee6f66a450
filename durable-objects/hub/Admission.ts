import { parseEventId } from "../../protocol/eventId.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import { mayRead } from "../../protocol/reader.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { HubSettings } from "./hubSettings.ts";
import type { LogItem } from "./Log.ts";
import type { Reconciler } from "./Reconciler.ts";
import type { Topic } from "./Topic.ts";

/** How many ended sessions are remembered: more than can end while one stream is on its way here. */
const ENDED_SESSIONS = 1000;

interface AdmissionOptions {
  readonly topic: Topic;
  readonly reconciler: Reconciler;
  readonly settings: HubSettings;
  readonly now: () => number;
  /** Lets the object finish a promise that nobody waits for. */
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

/** Decides who may open a stream: whether there is room, and whether he may see what it carries. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #ended = new Set<string>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** Why the subscription is refused, or `null`. */
  async refusalOf(subscription: Subscription): Promise<ProblemCode | null> {
    const full = this.#refusalForRoom(subscription);
    if (full) return full;
    const heard = await this.#refresh(subscription);
    // Others may have come while the database was asked, and he himself may have signed out.
    if (this.#ended.has(subscription.sessionId ?? "")) return "signed-out";
    return this.#refusalForRoom(subscription) ?? this.#refusalForAccess(subscription, heard);
  }

  /** Lets nobody in any more with this session, however long a stream of it was on its way. */
  endSession(sessionId: string): void {
    this.#ended.add(sessionId);
    const [oldest] = this.#ended;
    if (oldest !== undefined && this.#ended.size > ENDED_SESSIONS) this.#ended.delete(oldest);
  }

  /** Those who are in stay in: putting the oldest out would only move the queue. */
  #refusalForRoom({ reader }: Subscription): ProblemCode | null {
    const { topic, settings } = this.#options;
    if (topic.subscribers.size >= settings.maxStreams) return "hub-full";
    return topic.subscribers.countOf(reader) >= settings.maxStreamsPerUser ? "too-many-streams" : null;
  }

  /**
   * Whoever resumes has been let in before: he is told that the right is gone, and his browser stops asking. A stranger
   * is told nothing.
   */
  #refusalForAccess({ planId, reader, lastEventId }: Subscription, heard: boolean): ProblemCode | null {
    const { log } = this.#options.topic;
    const item = log.item(planId);
    if (!item) return heard ? "not-found" : "database-unavailable";
    const resumes = parseEventId(lastEventId ?? "")?.epoch === log.range.epoch;
    if (!this.#maySee(item, reader)) return resumes ? "revoked" : "not-found";
    return item.data === null && !resumes ? "not-found" : null;
  }

  #maySee({ access }: LogItem, reader: Subscription["reader"]): boolean {
    return access !== null && mayRead(access, reader, this.#options.now());
  }

  /**
   * Before the first subscriber, nothing has kept the log fresh; and to a log that is watched, a member or a link that
   * has just been added may still be news. Answers whether what is held can be gone by.
   */
  async #refresh(subscription: Subscription): Promise<boolean> {
    const { topic, reconciler, waitUntil } = this.#options;
    const isWatched = topic.subscribers.size > 0;
    if (isWatched && this.#refusalForAccess(subscription, true) === null) return true;
    const resting = reconciler.isResting && topic.log.exists;
    const run = reconciler.run();
    if (!resting) return run;
    waitUntil(run);
    return true;
  }
}
