import type { HubSettings } from "./hubSettings.ts";

/** Where the time of the next reconcile is kept: a hub that sleeps between two sweeps must not reconcile at each. */
const RECONCILE_AT = "reconcileAt";

/** How long a log that nobody watches is kept. */
const KEEP_MS = 7 * 86_400_000;

/** Reconciles are spread over this share of their period, so that a thousand hubs do not ask at once. */
const JITTER = 0.2;

interface HubAlarmOptions {
  readonly storage: DurableObjectStorage;
  readonly settings: HubSettings;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/**
 * The slow clock of a hub: reconciles while it is watched, sweeps sockets, and tells when a log has been forgotten.
 * An alarm, unlike a timer, lets the object hibernate.
 */
export class HubAlarm {
  readonly #options: HubAlarmOptions;
  #reconcileAt: number;

  constructor(options: HubAlarmOptions) {
    this.#options = options;
    this.#reconcileAt = options.storage.kv.get<number>(RECONCILE_AT) ?? 0;
  }

  /** Whether it is time to reconcile. */
  get reconcileIsDue(): boolean {
    return this.#options.now() >= this.#reconcileAt;
  }

  /** Starts the wait for the next reconcile: never longer than the period. */
  planReconcile(): void {
    const { settings, now, random, storage } = this.#options;
    this.#reconcileAt = now() + settings.reconcileMs * (1 - JITTER * random());
    storage.kv.put(RECONCILE_AT, this.#reconcileAt);
  }

  /** Sets the alarm of a watched hub. */
  async whileWatched(hasSockets: boolean): Promise<void> {
    const { settings, now, storage } = this.#options;
    const sweepAt = hasSockets ? now() + settings.heartbeatMs : Infinity;
    await storage.setAlarm(Math.min(sweepAt, Math.max(this.#reconcileAt, now())));
  }

  /** Sets the alarm of a hub that nobody has watched since `watchedAt` (milliseconds since 1970). */
  async whileUnwatched(watchedAt: number): Promise<void> {
    await this.#options.storage.setAlarm(watchedAt + KEEP_MS);
  }

  /** Whether the log has been of no use for so long that it may be forgotten. */
  isForgotten(watchedAt: number): boolean {
    return this.#options.now() >= watchedAt + KEEP_MS;
  }
}
