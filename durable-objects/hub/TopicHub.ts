import { DurableObject } from "cloudflare:workers";

import { good, refused, type Answer } from "../../protocol/answer.ts";
import { databaseFor } from "../../protocol/databaseFor.ts";
import { formatEventId } from "../../protocol/eventId.ts";
import { metricsName } from "../../protocol/metricsName.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import { problemResponse } from "../../protocol/problemResponse.ts";
import { SUBSCRIPTION_HEADER, type Subscription } from "../../protocol/subscription.ts";
import type { Grant, Update } from "../../protocol/update.ts";
import type { Version } from "../../protocol/version.ts";
import type { UserRoles } from "../../streams/declare/roles.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { parseTopicName } from "../../streams/declare/topicName.ts";
import { Admission } from "./Admission.ts";
import type { HubPart, Outcome } from "./HubPart.ts";
import { hubSettings, type HubSettings } from "./hubSettings.ts";
import { makeHubPart } from "./makeHubPart.ts";
import { Pulse } from "./Pulse.ts";
import { Reconciler } from "./Reconciler.ts";
import { Reporter } from "./Reporter.ts";
import { RoleWatch } from "./RoleWatch.ts";
import { StreamOpener } from "./StreamOpener.ts";

/** How long refused clients wait: a different time for each. */
const SHORTEST_WAIT_SECONDS = 2;
const SPREAD_SECONDS = 13;

/** The WebSocket close code for who does not keep to the protocol. */
const POLICY_VIOLATION = 1008;

const RETRIABLE: ReadonlySet<ProblemCode> = new Set([
  "hub-full",
  "too-many-streams",
  "database-unavailable",
  "topic-too-large",
]);

/** What a reader gets of a topic, all of it at once. */
export interface TopicContents {
  /** The event id from which a stream continues. */
  readonly id: string;
  /** JSON text of a list. */
  readonly items: string;
}

/** The hub of one topic. It wires the topic to the platform: requests, sockets, alarms and the other objects. */
export abstract class TopicHub extends DurableObject<Env> {
  readonly #settings: HubSettings;
  readonly #stream: Stream;
  readonly #key: string;
  readonly #part: HubPart;
  readonly #reconciler: Reconciler;
  readonly #pulse: Pulse;
  readonly #admission: Admission;
  readonly #opener: StreamOpener;
  readonly #roles: RoleWatch;

  /** @param streams All that are declared: the hub's name says which one is its own. */
  constructor(ctx: DurableObjectState, env: Env, streams: readonly Stream[]) {
    super(ctx, env);
    const found = parseTopicName(streams, this.#name);
    if (!found) throw new Error(`No stream is declared for the topic ${this.#name}`);
    this.#stream = found.stream;
    this.#key = found.key;
    this.#settings = hubSettings(env);
    this.#part = this.#makePart();
    const { topic } = this.#part;
    this.#reconciler = new Reconciler({
      topic: this.#name,
      read: () => this.#readTopic(),
      now: Date.now,
    });
    const reporter = new Reporter({
      counters: topic.counters,
      report: () => ({ topic: this.#name, open: this.#openStreams() }),
      send: (report) => env.METRICS.getByName(metricsName(report.topic)).report(report),
    });
    this.#admission = new Admission({
      topic,
      reconciler: this.#reconciler,
      settings: this.#settings,
      waitUntil: (promise) => ctx.waitUntil(promise),
    });
    this.#opener = new StreamOpener({
      ctx,
      topic,
      settings: this.#settings,
      now: Date.now,
      random: Math.random,
    });
    this.#roles = new RoleWatch({
      stream: this.#stream,
      topic,
      readRoles: (userIds) => databaseFor(env, this.#key).topics.roles(userIds),
    });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    this.#opener.wakeSockets();
    this.#pulse = new Pulse({
      ctx,
      settings: this.#settings,
      topic,
      life: this.#part.life,
      reconciler: this.#reconciler,
      reporter,
      now: Date.now,
      random: Math.random,
    });
  }

  /** Takes updates of the topic's items in; answers what became of each. Safe to call twice and out of order. */
  publish(updates: readonly Update[]): Outcome[] {
    return this.#takeIn(() => this.#part.publish(updates));
  }

  /** Takes in whom the document that grants the topic lets in. A hub that holds nothing asks for it when it is opened. */
  takeGrant(grant: Grant): void {
    if (this.#part.life.exists) this.#part.takeGrant(grant);
  }

  /** Hears which roles a user has been given; answers whether that is news to a stream of theirs. */
  hearRoles(user: UserRoles): Promise<Answer<boolean>> {
    return this.#roles.hear(user);
  }

  /** Hears that the database's history goes on. Answers what became of each change; refuses while it can't be read. */
  async notice(versions: readonly Version[]): Promise<Answer<Outcome[]>> {
    const { life } = this.#part;
    const known = versions.map((version) => this.#part.knows(version));
    // Nobody listens, so nobody misses it.
    if (!life.exists) return good(versions.map(() => "repeat"));
    if (known.includes(false)) {
      const failure = await this.#reconciler.runAnew();
      if (failure) return refused(failure);
    }
    this.#pulse.counted();
    return good(known.map((wasKnown, index) => this.#outcomeOf(wasKnown, versions[index] ?? "")));
  }

  /** What somebody gets of the topic now. */
  async contents(subscription: Subscription): Promise<Answer<TopicContents>> {
    const refusal = await this.#admission.refusalToRead(subscription);
    return refusal ? refused(refusal) : good(this.#contentsFor(subscription));
  }

  /** Whether somebody may put something into the topic: whoever may read it. */
  async mayInsert(subscription: Subscription): Promise<Answer<null>> {
    const refusal = await this.#admission.refusalToRead(subscription);
    return refusal ? refused(refusal) : good(null);
  }

  /** What somebody gets of the topic by what is held, for when the database can't be asked. */
  held(subscription: Subscription): Answer<TopicContents> {
    const { content } = this.#part.topic;
    if (!content.exists) return refused("database-unavailable");
    const refusal = content.refusalOf(subscription);
    return refusal ? refused("not-found") : good(this.#contentsFor(subscription));
  }

  /** Reads anew what the topic holds and who may read it, for whoever watches. */
  async readAnew(): Promise<void> {
    if (this.#part.topic.subscribers.size > 0) await this.#reconciler.runAnew();
  }

  /** How many streams are open here of those that the object of a name counts. */
  streamsOf(holder: string): number {
    return this.#part.topic.subscribers.countOfHolder(holder);
  }

  /** Closes the streams of a session that has ended. */
  endSession(sessionId: string): void {
    this.#admission.endSession(sessionId);
    this.#part.topic.subscribers.endSession(sessionId);
  }

  /** Opens a stream for the subscription that the Worker has put into the request. */
  override async fetch(request: Request): Promise<Response> {
    // The Worker writes this header, whatever a client sends.
    const subscription = JSON.parse(request.headers.get(SUBSCRIPTION_HEADER) ?? "null") as Subscription;
    const refusal = await this.#admission.refusalOf(subscription);
    if (refusal) return this.#refuse(refusal);
    if (subscription.mismatch) this.#part.topic.counters.add("mismatched");
    const response =
      request.headers.get("upgrade") === "websocket"
        ? this.#opener.openSocket(subscription)
        : this.#opener.openSse(subscription);
    this.ctx.waitUntil(this.#roles.welcome(subscription));
    return response;
  }

  override alarm(): Promise<void> {
    return this.#pulse.alarm();
  }

  /** Clients have nothing to say but "ping", and the platform answers that by itself: whatever else is said wakes us. */
  override webSocketMessage(socket: WebSocket): void {
    this.#opener.dropSocket(socket);
    socket.close(POLICY_VIOLATION, "Only ping is understood");
  }

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

  #makePart(): HubPart {
    return makeHubPart({
      ctx: this.ctx,
      env: this.env,
      settings: this.#settings,
      stream: this.#stream,
      name: this.#name,
      key: this.#key,
      now: Date.now,
      newEpoch,
      onChange: () => this.#pulse.audienceChanged(),
      onBehind: () => this.#pulse.subscriberBehind(),
      publish: (updates) => this.publish(updates),
    });
  }

  async #readTopic(): Promise<ProblemCode | null> {
    const { life } = this.#part;
    const isNew = !life.exists;
    const failure = await this.#part.read();
    if (isNew && life.exists) this.#pulse.logBegan();
    return failure ?? this.#roles.check();
  }

  #takeIn<T>(take: () => T): T {
    const { life } = this.#part;
    const isNew = !life.exists;
    const result = take();
    if (isNew && life.exists) this.#pulse.logBegan();
    this.#pulse.counted();
    return result;
  }

  #outcomeOf(wasKnown: boolean, version: Version): Outcome {
    if (wasKnown) return "repeat";
    return this.#part.knows(version) ? "published" : "stale";
  }

  #contentsFor(subscription: Subscription): TopicContents {
    const { content, filters } = this.#part.topic;
    const epoch = content.epochFor(subscription.reader);
    const viewpoint = { subscription, filter: filters.of(subscription.filter) };
    return { id: formatEventId({ epoch, seq: content.head }), items: content.itemsFor(viewpoint) };
  }

  #refuse(code: ProblemCode): Response {
    this.#part.topic.counters.add("refused");
    this.#pulse.counted();
    const seconds = SHORTEST_WAIT_SECONDS + Math.round(SPREAD_SECONDS * Math.random());
    return problemResponse(code, RETRIABLE.has(code) ? { headers: { "retry-after": String(seconds) } } : {});
  }

  #openStreams() {
    const { subscribers } = this.#part.topic;
    return { sse: subscribers.countBy("sse"), websocket: subscribers.countBy("websocket") };
  }
}

/** Base 36 keeps an epoch free of the dash that ends it; the time tells two lives apart even if the dice agree. */
function newEpoch(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
}
