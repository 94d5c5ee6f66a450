import { reconnectDelay } from "./backoff.ts";
import { byeWait } from "./byeWait.ts";
import { idle, type Cancel, type Clock } from "./clock.ts";
import { readPing } from "./eventData.ts";
import type { HeldItems } from "./HeldItems.ts";
import type { Probe, Refusal } from "./probe.ts";
import type { ReceivedEvent } from "./receivedEvent.ts";
import type { Effect, Occurrence, State } from "./states.ts";
import { streamUrl } from "./streamUrl.ts";
import { TRANSITIONS } from "./transitions.ts";
import type { Ending, OpenTransport, Transport } from "./transport.ts";
import { Watchdog } from "./Watchdog.ts";

/** A connection that was live for this long counts as one that worked. */
const STEADY_MS = 10_000;

/** What a connection needs of its surroundings. */
export interface ConnectionOptions {
  readonly url: string;
  /** The page's address. */
  readonly base: string;
  readonly open: OpenTransport;
  readonly probe: Probe;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** What the browser says: a hint, not a fact. */
  readonly isOnline: () => boolean;
  readonly heartbeatMs: number;
  /** Takes in what comes, and knows where to continue. */
  readonly held: HeldItems;
  readonly onState: (state: State) => void;
  /** Called when `held` has taken the event in. */
  readonly onEvent: (event: ReceivedEvent) => void;
}

/** One stream, kept open. Its rules are `transitions.ts`; here they are carried out. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #watchdog: Watchdog;
  #state: State = "idle";
  #transport: Transport | null = null;
  #cancelRetry: Cancel = idle;
  #cancelPing: Cancel = idle;
  #attempt = 0;
  #waitMs = 0;
  #liveSince: number | null = null;
  #mismatch = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog(options.clock, options.heartbeatMs, () => this.#lost());
  }

  get state(): State {
    return this.#state;
  }

  /** Says that something happened. */
  send(occurrence: Occurrence): void {
    const { to, effect } = TRANSITIONS[this.#state][occurrence];
    const before = this.#state;
    this.#state = to;
    if (occurrence === "caught-up") this.#liveSince ??= this.#options.clock.now();
    this.#carryOut(effect);
    if (to !== before) this.#options.onState(to);
  }

  #carryOut(effect: Effect): void {
    if (effect === "none") return;
    if (effect === "check") return void this.#check();
    this.#disconnect();
    if (effect === "open") this.#connect();
    if (effect === "retry") this.#retry();
  }

  #connect(): void {
    const { url, base, open, held } = this.#options;
    const address = streamUrl(url, base, { cursor: held.cursor, mismatch: this.#mismatch });
    this.#watchdog.start();
    const transport: Transport = open(address, {
      onEvent: (event) => this.#received(event, transport),
      onEnd: (ending) => void this.#ended(ending, transport),
    });
    this.#transport = transport;
    if (transport.ping) this.#pingLater(transport.ping);
  }

  #pingLater(ping: () => void): void {
    const { clock, heartbeatMs } = this.#options;
    this.#cancelPing = clock.after(heartbeatMs, () => {
      ping();
      this.#pingLater(ping);
    });
  }

  #retry(): void {
    const delay = reconnectDelay(this.#attempt, this.#options.random(), this.#waitMs);
    this.#attempt += 1;
    this.#waitMs = 0;
    this.#cancelRetry = this.#options.clock.after(delay, () => this.#connect());
  }

  #disconnect(): void {
    this.#cancelRetry();
    this.#cancelPing();
    this.#watchdog.stop();
    this.#transport?.close();
    this.#transport = null;
    const { clock } = this.#options;
    if (this.#liveSince !== null && clock.now() - this.#liveSince >= STEADY_MS) this.#attempt = 0;
    this.#liveSince = null;
  }

  #lost(): void {
    this.send(this.#options.isOnline() ? "dropped" : "unreachable");
  }

  async #ended(ending: Ending, transport: Transport): Promise<void> {
    if (transport !== this.#transport) return;
    if (ending === "session-ended" || ending === "access-ended") return this.send(ending);
    if (ending === "lost") return this.#lost();
    const refusal = await this.#options.probe();
    if (transport === this.#transport) this.#refused(refusal);
  }

  #refused(refusal: Refusal): void {
    if (refusal.why !== "try-later" && refusal.why !== "unreachable") return this.send(refusal.why);
    this.#waitMs = refusal.retryAfter;
    this.#lost();
  }

  /** The browser says that there is no network: whether that concerns this server, only asking it shows. */
  async #check(): Promise<void> {
    const transport = this.#transport;
    const refusal = await this.#options.probe();
    if (transport === this.#transport && refusal.why === "unreachable") this.#lost();
  }

  #received(event: ReceivedEvent, transport: Transport): void {
    if (transport !== this.#transport) return;
    if (event.event === "ping") return this.#pinged(event);
    this.#watchdog.heard();
    this.#options.held.take(event);
    this.#options.onEvent(event);
    this.#follow(event);
  }

  #follow({ event, data }: ReceivedEvent): void {
    if (event === "live") this.#caughtUp();
    if (event === "bye") this.#sentAway(data);
    if (event === "revoked") this.send("access-ended");
    if (event === "reauth") this.send("session-ended");
  }

  #caughtUp(): void {
    this.#mismatch = false;
    this.send("caught-up");
  }

  #sentAway(data: string): void {
    this.#waitMs = byeWait(data);
    this.send("dropped");
  }

  #pinged(event: ReceivedEvent): void {
    const ping = readPing(event.data);
    this.#watchdog.heardPing(ping);
    if (this.#liveSince === null || this.#options.held.agreesWith(ping)) return this.#options.onEvent(event);
    this.#options.held.startOver();
    this.#mismatch = true;
    this.send("dropped");
  }
}
