import { DurableObject } from "cloudflare:workers";

import { good, refused, type Answer } from "../../protocol/answer.ts";
import type { EventOutcome } from "../../protocol/changeEvent.ts";
import { databaseFor } from "../../protocol/databaseFor.ts";
import { metricsName } from "../../protocol/metricsName.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import { problemResponse } from "../../protocol/problemResponse.ts";
import { dataFor, mayRead, type Reader } from "../../protocol/reader.ts";
import { SUBSCRIPTION_HEADER, type Subscription } from "../../protocol/subscription.ts";
import type { Update } from "../../protocol/update.ts";
import { Admission } from "./Admission.ts";
import type { ObjectEnvironment } from "../environment.ts";
import { Heartbeat } from "./Heartbeat.ts";
import { HubAlarm } from "./HubAlarm.ts";
import { hubSettings, type HubSettings } from "./hubSettings.ts";
import { Reconciler } from "./Reconciler.ts";
import { Reporter } from "./Reporter.ts";
import { StreamOpener } from "./StreamOpener.ts";
import { sweep } from "./sweep.ts";
import { Topic } from "./Topic.ts";

/** How long refused clients wait: a different time for each. */
const SHORTEST_WAIT_SECONDS = 2;
const SPREAD_SECONDS = 13;

const RETRIABLE: ReadonlySet<ProblemCode> = new Set(["hub-full", "too-many-streams", "database-unavailable"]);

/** The hub of one meal plan. It wires the topic to the platform: requests, sockets, alarms and the other objects. */
export class MealPlanHub extends DurableObject<ObjectEnvironment> {
  readonly #settings: HubSettings;
  readonly #topic: Topic;
  readonly #heartbeat: Heartbeat;
  readonly #alarm: HubAlarm;
  readonly #reconciler: Reconciler;
  readonly #reporter: Reporter;
  readonly #admission: Admission;
  readonly #opener: StreamOpener;
  #watched = false;

  constructor(ctx: DurableObjectState, env: ObjectEnvironment) {
    super(ctx, env);
    const { storage } = ctx;
    this.#settings = hubSettings(env);
    this.#topic = new Topic({
      storage,
      now: Date.now,
      newEpoch,
      onChange: () => this.#audienceChanged(),
      // Nothing else would tell that a socket has room again.
      onBehind: () => this.#heartbeat.start(),
    });
    this.#heartbeat = new Heartbeat(this.#settings.heartbeatMs, () => this.#beat());
    this.#alarm = new HubAlarm({ storage, settings: this.#settings, now: Date.now, random: Math.random });
    this.#reconciler = new Reconciler({
      read: () => this.#readPlan(),
      take: (update, startedAfter) => this.#takeIn(() => this.#topic.reconcile(update, startedAfter)),
      mark: () => this.#topic.log.item(this.#planId)?.version ?? null,
      now: Date.now,
    });
    this.#reporter = new Reporter({
      counters: this.#topic.counters,
      report: () => ({ topic: this.#name, open: this.#openStreams() }),
      send: (report) => env.METRICS.getByName(metricsName(report.topic)).report(report),
    });
    this.#admission = new Admission({
      topic: this.#topic,
      reconciler: this.#reconciler,
      settings: this.#settings,
      now: Date.now,
      waitUntil: (promise) => ctx.waitUntil(promise),
    });
    this.#opener = new StreamOpener({
      ctx,
      topic: this.#topic,
      settings: this.#settings,
      now: Date.now,
      random: Math.random,
    });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    this.#opener.wakeSockets();
    this.#watched = this.#topic.subscribers.size > 0;
  }

  /** Takes updates of this plan in; answers what became of each. Safe to call twice and out of order. */
  publish(updates: readonly Update[]): Exclude<EventOutcome, "ignored">[] {
    const outcomes = this.#takeIn(() => this.#topic.publish(updates));
    // The heartbeat reports while it runs. Without it the object may sleep, and forget what it counted.
    if (!this.#heartbeat.isRunning) this.ctx.waitUntil(this.#reporter.report());
    return outcomes;
  }

  /** The plan as it was heard of last, as a reader may see it: wire JSON. */
  held(reader: Reader): Answer<string> {
    const item = this.#topic.log.item(this.#planId);
    if (!item) return refused("database-unavailable");
    if (item.data === null || !item.access || !mayRead(item.access, reader, Date.now())) {
      return refused("not-found");
    }
    return good(dataFor(reader, item.data));
  }

  /** Closes the streams of a session that has ended. */
  endSession(sessionId: string): void {
    this.#admission.endSession(sessionId);
    this.#topic.subscribers.endSession(sessionId);
  }

  /** Opens a stream for the subscription that the Worker has put into the request. */
  override async fetch(request: Request): Promise<Response> {
    // The Worker writes this header, whatever a client sends.
    const subscription = JSON.parse(request.headers.get(SUBSCRIPTION_HEADER) ?? "null") as Subscription;
    const refusal = await this.#admission.refusalOf(subscription);
    if (refusal) return this.#refuse(refusal);
    if (subscription.mismatch) this.#topic.counters.add("mismatched");
    return request.headers.get("upgrade") === "websocket"
      ? this.#opener.openSocket(subscription)
      : this.#opener.openSse(subscription);
  }

  override async alarm(): Promise<void> {
    const { log, subscribers } = this.#topic;
    if (subscribers.size === 0) return this.#alarmUnwatched();
    if (this.#alarm.reconcileIsDue) {
      this.#alarm.planReconcile();
      await this.#reconciler.run();
    }
    log.forgetOldRemovals(Date.now());
    if (subscribers.countBy("websocket") > 0 && !this.#heartbeat.isRunning) this.#beat();
    await this.#setAlarm();
  }

  /** Clients have nothing to say but "ping", and the platform answers that by itself. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket): void {
    this.#opener.dropSocket(socket);
    // The client waits for our half of the handshake; after a close of ours, this does nothing.
    socket.close(1000);
  }

  override webSocketError(socket: WebSocket): void {
    this.#opener.dropSocket(socket);
  }

  get #name(): string {
    // The Worker only ever asks for hubs by name.
    return this.ctx.id.name ?? "";
  }

  get #planId(): string {
    return this.#name.slice(this.#name.indexOf("/") + 1);
  }

  #refuse(code: ProblemCode): Response {
    this.#topic.counters.add("refused");
    const seconds = SHORTEST_WAIT_SECONDS + Math.round(SPREAD_SECONDS * Math.random());
    return problemResponse(code, RETRIABLE.has(code) ? { headers: { "retry-after": String(seconds) } } : {});
  }

  /** A log that begins is to be forgotten one day, even if all who ever asked for it were refused. */
  #takeIn<T>(take: () => T): T {
    const isNew = !this.#topic.log.exists;
    const result = take();
    if (isNew && this.#topic.log.exists) this.ctx.waitUntil(this.#setAlarm());
    return result;
  }

  #audienceChanged(): void {
    const { subscribers, log } = this.#topic;
    const isWatched = subscribers.size > 0;
    if (isWatched !== this.#watched) {
      this.#watched = isWatched;
      log.noteWatched(Date.now());
      this.#alarm.planReconcile();
      this.ctx.waitUntil(this.#setAlarm());
    }
    this.#tendHeartbeat();
    this.ctx.waitUntil(this.#reporter.report());
  }

  /** Sockets alone need no timer, unless one is behind. */
  #tendHeartbeat(): void {
    const { subscribers, log } = this.#topic;
    const needed = subscribers.countBy("sse") > 0 || [...subscribers].some(({ cursor }) => cursor < log.head);
    if (needed) return this.#heartbeat.start();
    // From now on the alarm alone looks after the sockets.
    if (this.#heartbeat.isRunning && this.#watched) this.ctx.waitUntil(this.#setAlarm());
    this.#heartbeat.stop();
  }

  #beat(): void {
    const { subscribers } = this.#topic;
    sweep(subscribers, this.#settings, Date.now());
    // Whoever had no room when it was news. Not after a sleep, which forgets who was told: everybody would hear it again.
    if (this.#heartbeat.isRunning) subscribers.tellPresence();
    this.#tendHeartbeat();
    this.ctx.waitUntil(this.#reporter.report());
  }

  async #alarmUnwatched(): Promise<void> {
    const { log } = this.#topic;
    if (this.#alarm.isForgotten(log.watchedAt)) return log.forget();
    return this.#alarm.whileUnwatched(log.watchedAt);
  }

  #setAlarm(): Promise<void> {
    const { log, subscribers } = this.#topic;
    if (!this.#watched) return this.#alarm.whileUnwatched(log.watchedAt);
    return this.#alarm.whileWatched(subscribers.countBy("websocket") > 0);
  }

  #readPlan(): Promise<Answer<Update>> {
    return databaseFor(this.env, this.#planId).mealPlans.read(this.#planId);
  }

  #openStreams() {
    const { subscribers } = this.#topic;
    return { sse: subscribers.countBy("sse"), websocket: subscribers.countBy("websocket") };
  }
}

/** Base 36 keeps an epoch free of the dash that ends it; the time tells two lives apart even if the dice agree. */
function newEpoch(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
}
