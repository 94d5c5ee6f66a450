import { contentHash } from "../../protocol/contentHash.ts";
import { reconnectDelay } from "./backoff.ts";
import { idle, type Cancel, type Clock } from "./clock.ts";
import { readPing } from "./frameData.ts";
import type { Probe, Refusal } from "./probe.ts";
import type { Effect, Event, State } from "./states.ts";
import { streamUrl } from "./streamUrl.ts";
import { TRANSITIONS } from "./transitions.ts";
import type { Ending, Frame, OpenTransport, Transport } from "./transport.ts";
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
  readonly heartbeatMs: number;
  readonly onState: (state: State) => void;
  readonly onFrame: (frame: Frame) => void;
}

/** One stream, kept open. Its rules are `transitions.ts`; here they are carried out. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #watchdog: Watchdog;
  #state: State = "idle";
  #transport: Transport | null = null;
  #cancelRetry: Cancel = idle;
  #cancelBeat: Cancel = idle;
  #attempt = 0;
  #askedToWait = 0;
  #liveSince: number | null = null;
  #cursor: string | null = null;
  #held: string | null = null;
  #mismatch = false;
  #awaitsReplay = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog(options.clock, options.heartbeatMs, () => this.send("dropped"));
  }

  get state(): State {
    return this.#state;
  }

  /** Continues where somebody else stopped. */
  continueFrom(cursor: string | null, held: string | null): void {
    this.#cursor = cursor;
    this.#held = held;
  }

  /** Tells that something happened. */
  send(event: Event): void {
    const { to, effect } = TRANSITIONS[this.#state][event];
    const before = this.#state;
    this.#state = to;
    if (event === "caught-up") this.#liveSince ??= this.#options.clock.now();
    this.#carryOut(effect);
    if (to !== before) this.#options.onState(to);
  }

  #carryOut(effect: Effect): void {
    if (effect === "none") return;
    this.#disconnect();
    if (effect === "open") this.#connect();
    if (effect === "retry") this.#retry();
  }

  #connect(): void {
    const { url, base, open } = this.#options;
    const address = streamUrl(url, base, { cursor: this.#cursor, mismatch: this.#mismatch });
    this.#watchdog.start();
    const transport: Transport = open(address, {
      onFrame: (frame) => this.#received(frame, transport),
      onEnd: (ending) => void this.#ended(ending, transport),
    });
    this.#transport = transport;
    if (transport.beat) this.#beatLater(transport.beat);
  }

  #beatLater(beat: () => void): void {
    const { clock, heartbeatMs } = this.#options;
    this.#cancelBeat = clock.after(heartbeatMs, () => {
      beat();
      this.#beatLater(beat);
    });
  }

  #retry(): void {
    const delay = reconnectDelay(this.#attempt, this.#options.random(), this.#askedToWait);
    this.#attempt += 1;
    this.#askedToWait = 0;
    this.#cancelRetry = this.#options.clock.after(delay, () => this.#connect());
  }

  #disconnect(): void {
    this.#cancelRetry();
    this.#cancelBeat();
    this.#watchdog.stop();
    this.#transport?.close();
    this.#transport = null;
    this.#awaitsReplay = false;
    const { clock } = this.#options;
    if (this.#liveSince !== null && clock.now() - this.#liveSince >= STEADY_MS) this.#attempt = 0;
    this.#liveSince = null;
  }

  async #ended(ending: Ending, transport: Transport): Promise<void> {
    if (transport !== this.#transport) return;
    if (ending === "session-ended" || ending === "access-ended") return this.send(ending);
    if (ending === "lost") return this.send("dropped");
    const refusal = await this.#options.probe();
    if (transport === this.#transport) this.#refused(refusal);
  }

  #refused(refusal: Refusal): void {
    if (refusal.why !== "try-later") return this.send(refusal.why);
    this.#askedToWait = refusal.retryAfter;
    this.send("dropped");
  }

  #received(frame: Frame, transport: Transport): void {
    if (transport !== this.#transport) return;
    if (frame.event === "ping") return this.#pinged(frame);
    this.#watchdog.heard();
    this.#remember(frame);
    this.#options.onFrame(frame);
    this.#follow(frame);
  }

  /** Keeps the cursor and the text that the server's self-check is about. */
  #remember(frame: Frame): void {
    if (frame.id !== undefined) this.#cursor = frame.id;
    if (frame.event === "message") this.#held = frame.data;
    if (frame.event === "removed" || frame.event === "reset") this.#held = null;
    if (frame.event === "reset") this.#cursor = null;
    if (frame.event === "reset") this.#awaitsReplay = true;
    if (frame.id !== undefined) this.#awaitsReplay = false;
  }

  #follow(frame: Frame): void {
    if (frame.event === "message") this.send("restored");
    if (frame.event === "removed") this.send("removed");
    if (frame.event === "live") this.#caughtUp();
    if (frame.event === "bye") this.send("dropped");
    if (frame.event === "revoked") this.send("access-ended");
    if (frame.event === "reauth") this.send("session-ended");
  }

  #caughtUp(): void {
    this.#mismatch = false;
    // A replay from the start that held nothing: the document went while we were away, and its removal was forgotten.
    if (this.#awaitsReplay) this.send("removed");
    this.#awaitsReplay = false;
    this.send("caught-up");
  }

  #pinged(frame: Frame): void {
    const ping = readPing(frame.data);
    this.#watchdog.heardPing(ping);
    this.#options.onFrame(frame);
    if (ping.hash === undefined || ping.id !== this.#cursor || this.#held === null) return;
    if (ping.hash === contentHash(this.#held)) return;
    this.#cursor = null;
    this.#mismatch = true;
    this.send("dropped");
  }
}
