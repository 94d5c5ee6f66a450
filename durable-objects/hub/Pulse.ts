import { Heartbeat } from "./Heartbeat.ts";
import { HubAlarm } from "./HubAlarm.ts";
import type { HubSettings } from "./hubSettings.ts";
import { probe } from "./probe.ts";
import type { Reconciler } from "./Reconciler.ts";
import type { Reporter } from "./Reporter.ts";
import { sweep } from "./sweep.ts";
import type { Topic } from "./Topic.ts";

/** How long a log is kept, and by what. */
export interface LogLife {
  readonly exists: boolean;
  /** When somebody last began or stopped watching; milliseconds since 1970. */
  readonly watchedAt: number;
  noteWatched(now: number): void;
  /** Drops what has become too old to matter. */
  tidy(now: number): void;
  forget(): Promise<void>;
}

interface PulseOptions {
  readonly ctx: DurableObjectState;
  readonly settings: HubSettings;
  readonly topic: Topic;
  readonly life: LogLife;
  readonly reconciler: Reconciler;
  readonly reporter: Reporter;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/**
 * When a hub does what nobody asked for: heartbeats while SSE streams are open, an alarm while only sockets are, a
 * reconcile every so often while anybody watches, and its own end when nobody has for long.
 */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #heartbeat: Heartbeat;
  readonly #alarm: HubAlarm;
  #watched: boolean;

  constructor(options: PulseOptions) {
    this.#options = options;
    const { ctx, settings, now, random, topic } = options;
    this.#heartbeat = new Heartbeat({
      periodMs: settings.heartbeatMs,
      beat: () => this.#tick(),
      echo: () => probe(topic),
    });
    this.#alarm = new HubAlarm({ storage: ctx.storage, settings, now, random });
    this.#watched = topic.subscribers.size > 0;
  }

  /** A subscriber has come or gone. */
  audienceChanged(): void {
    const { topic, life, now, reporter } = this.#options;
    const isWatched = topic.subscribers.size > 0;
    if (isWatched !== this.#watched) {
      this.#watched = isWatched;
      life.noteWatched(now());
      this.#alarm.planReconcile();
      this.#later(this.#setAlarm());
    }
    this.#tendHeartbeat();
    this.#later(reporter.report());
  }

  /** A subscriber is behind: nothing else would tell that a socket has room again. */
  subscriberBehind(): void {
    this.#heartbeat.start();
  }

  /** A log has begun: it is to be forgotten one day, even if all who ever asked for it were refused. */
  logBegan(): void {
    this.#later(this.#setAlarm());
  }

  /** Something was counted. The heartbeat reports while it runs; without it the object may sleep, and forget. */
  counted(): void {
    if (!this.#heartbeat.isRunning) this.#later(this.#options.reporter.report());
  }

  /** The platform's alarm went off. */
  async alarm(): Promise<void> {
    const { topic, life, reconciler, now } = this.#options;
    if (topic.subscribers.size === 0) return this.#alarmUnwatched();
    if (this.#alarm.reconcileIsDue) {
      this.#alarm.planReconcile();
      await reconciler.run();
    }
    life.tidy(now());
    if (topic.subscribers.countBy("websocket") > 0 && !this.#heartbeat.isRunning) this.#tick();
    await this.#setAlarm();
  }

  /** Sockets alone need no timer, unless one is behind. */
  #tendHeartbeat(): void {
    const { subscribers, content } = this.#options.topic;
    const isBehind = [...subscribers].some(({ cursor }) => cursor < content.head);
    if (subscribers.countBy("sse") > 0 || isBehind) return this.#heartbeat.start();
    // From now on the alarm alone looks after the sockets.
    if (this.#heartbeat.isRunning && this.#watched) this.#later(this.#setAlarm());
    this.#heartbeat.stop();
  }

  #tick(): void {
    const { topic, settings, now, reporter } = this.#options;
    sweep(topic, settings, now());
    // Not after a sleep, which forgets what was sent: everybody would hear it again.
    if (this.#heartbeat.isRunning) topic.tellPresence();
    this.#tendHeartbeat();
    this.#later(reporter.report());
  }

  async #alarmUnwatched(): Promise<void> {
    const { life } = this.#options;
    if (this.#alarm.isForgotten(life.watchedAt)) return life.forget();
    return this.#alarm.whileUnwatched(life.watchedAt);
  }

  #setAlarm(): Promise<void> {
    const { topic, life } = this.#options;
    if (!this.#watched) return this.#alarm.whileUnwatched(life.watchedAt);
    return this.#alarm.whileWatched(topic.subscribers.countBy("websocket") > 0);
  }

  #later(work: Promise<void>): void {
    this.#options.ctx.waitUntil(work);
  }
}
