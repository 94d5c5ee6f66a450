import { reconnectDelay } from "./backoff.ts";
import { readBye } from "./bye.ts";
import { idle, type Cancel, type Clock } from "./clock.ts";
import { readPing } from "./eventData.ts";
import { UNHEARD, type Closing, type Health } from "./health.ts";
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
  #health: Health = UNHEARD;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog(options.clock, options.heartbeatMs, () => this.#lost("silent"));
  }

  get state(): State {
    return this.#state;
  }

  /** When the server was heard, and why the last connection ended. */
  get health(): Health {
    return this.#health;
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

  #lost(closing: Closing): void {
    this.#close(closing, this.#options.isOnline() ? "dropped" : "unreachable");
  }

  #close(closing: Closing, occurrence: Occurrence): void {
    this.#health = { ...this.#health, closing };
    this.send(occurrence);
  }

  async #ended(ending: Ending, transport: Transport): Promise<void> {
    if (transport !== this.#transport) return;
    if (ending === "session-ended" || ending === "access-ended") return this.#close(ending, ending);
    if (ending === "lost") return this.#lost("cut");
    const refusal = await this.#options.probe();
    if (transport === this.#transport) this.#refused(refusal);
  }

  #refused(refusal: Refusal): void {
    const { why, retryAfter } = refusal;
    if (why !== "try-later" && why !== "unreachable") return this.#close(why, why);
    this.#waitMs = retryAfter;
    this.#lost(why === "try-later" ? "busy" : "unreachable");
  }

  /** The browser says that there is no network: whether that concerns this server, only asking it shows. */
  async #check(): Promise<void> {
    const transport = this.#transport;
    const refusal = await this.#options.probe();
    if (transport === this.#transport && refusal.why === "unreachable") this.#lost("unreachable");
  }

  #received(event: ReceivedEvent, transport: Transport): void {
    if (transport !== this.#transport) return;
    this.#health = { ...this.#health, heardAt: this.#options.clock.now() };
    if (event.event === "ping") return this.#pinged(event);
    this.#watchdog.heard();
    this.#options.held.take(event);
    this.#options.onEvent(event);
    this.#follow(event);
  }

  #follow({ event, data }: ReceivedEvent): void {
    if (event === "live") this.#caughtUp();
    if (event === "bye") this.#sentAway(data);
    if (event === "revoked") this.#close("access-ended", "access-ended");
    if (event === "reauth") this.#close("session-ended", "session-ended");
  }

  #caughtUp(): void {
    this.#mismatch = false;
    this.send("caught-up");
  }

  #sentAway(data: string): void {
    const { waitMs, closing } = readBye(data);
    this.#waitMs = waitMs;
    this.#close(closing, "dropped");
  }

  #pinged(event: ReceivedEvent): void {
    const ping = readPing(event.data);
    this.#watchdog.heardPing(ping);
    if (this.#liveSince === null || this.#options.held.agreesWith(ping)) return this.#options.onEvent(event);
    this.#options.held.startOver();
    this.#mismatch = true;
    this.#close("mismatch", "dropped");
  }
}
