import type { ProblemCode } from "../../protocol/problem.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { HubSettings } from "./hubSettings.ts";
import type { Reconciler } from "./Reconciler.ts";
import type { Topic } from "./Topic.ts";

/** How many ended sessions are remembered: more than can end while one stream is on its way here. */
const ENDED_SESSIONS = 1000;

/** What may be held for clients that took nothing until their streams were closed: of one reader, and of all together. */
const MOST_UNRELEASED_BYTES_OF_ONE = 8 * 1024 * 1024;
const MOST_UNRELEASED_BYTES = 48 * 1024 * 1024;

interface AdmissionOptions {
  readonly topic: Topic;
  readonly reconciler: Reconciler;
  readonly settings: HubSettings;
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
    const refusal = await this.refusalToRead(subscription);
    // Others may have come while the database was asked, and he himself may have signed out.
    if (this.#ended.has(subscription.sessionId ?? "")) return "signed-out";
    return this.#refusalForRoom(subscription) ?? refusal;
  }

  /**
   * Why somebody may not read what the topic holds, or `null`. Before the first subscriber, nothing has kept it fresh;
   * and to a topic that is watched, a member or a link that has just been added may still be news.
   */
  async refusalToRead(subscription: Subscription): Promise<ProblemCode | null> {
    const { topic, reconciler, waitUntil } = this.#options;
    const { content, subscribers } = topic;
    if (subscribers.size > 0 && content.refusalOf(subscription) === null) return null;
    if (reconciler.isResting && content.exists) {
      waitUntil(reconciler.run());
      return content.refusalOf(subscription);
    }
    const isShared = reconciler.isRunning;
    const refusal = this.#judge(subscription, await reconciler.run());
    // A shared run may have read before he was let in.
    return refusal && isShared ? this.#judge(subscription, await reconciler.runAnew()) : refusal;
  }

  /** Lets nobody in any more with this session, however long a stream of it was on its way. */
  endSession(sessionId: string): void {
    this.#ended.add(sessionId);
    const [oldest] = this.#ended;
    if (oldest !== undefined && this.#ended.size > ENDED_SESSIONS) this.#ended.delete(oldest);
  }

  /** By what is held after a reconcile, even one that failed if anything is held at all. */
  #judge(subscription: Subscription, failure: ProblemCode | null): ProblemCode | null {
    const { content } = this.#options.topic;
    if (failure === "topic-too-large") return failure;
    return failure && !content.exists ? "database-unavailable" : content.refusalOf(subscription);
  }

  /** Those who are in stay in: putting the oldest out would only move the queue. */
  #refusalForRoom({ reader }: Subscription): ProblemCode | null {
    const { settings } = this.#options;
    const { subscribers } = this.#options.topic;
    if (subscribers.size >= settings.maxStreams) return "hub-full";
    if (subscribers.countOf(reader) >= settings.maxStreamsPerUser) return "too-many-streams";
    if (subscribers.unreleasedBytes() >= MOST_UNRELEASED_BYTES) return "hub-full";
    const isHeld = subscribers.unreleasedBytes(reader) >= MOST_UNRELEASED_BYTES_OF_ONE;
    return isHeld ? "too-many-streams" : null;
  }
}
