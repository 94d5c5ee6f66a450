import { readChannelMessage, type ChannelMessage } from "./channelMessage.ts";
import { idle, type Cancel, type Clock } from "./clock.ts";
import { Connection, type ConnectionOptions } from "./Connection.ts";
import { Election } from "./Election.ts";
import type { State } from "./states.ts";
import type { Frame } from "./transport.ts";

/** A leader that says nothing for so long while it claims to be live is dead: a frozen tab keeps its lock. */
const LEADER_SILENCE_MS = 120_000;

/** A leader that does not even answer a newcomer. */
const NO_ANSWER_MS = 10_000;

export interface SharingOptions extends ConnectionOptions {
  /** Tabs with the same name share one stream. */
  readonly name: string;
  /** `null` where the browser has no Web Locks or the stream is not to be shared. */
  readonly locks: LockManager | null;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
}

/**
 * One stream for all tabs of a browser, because browsers allow only six connections per origin over HTTP/1.1. The leader
 * holds the connection and tells the others every frame and state; each tab keeps the cursor, so that any can take over.
 */
export class SharedConnection {
  readonly #options: SharingOptions;
  readonly #connection: Connection;
  readonly #election: Election;
  #channel: BroadcastChannel | null = null;
  #leads = false;
  #shown: State = "idle";
  #cursor: string | null = null;
  #held: Frame | null = null;
  #presence: Frame | null = null;
  #cancelSilence: Cancel = idle;

  constructor(options: SharingOptions) {
    this.#options = options;
    this.#connection = new Connection({
      ...options,
      onState: (state) => this.#leaderState(state),
      onFrame: (frame) => this.#leaderFrame(frame),
    });
    this.#election = new Election(options.locks, options.name, {
      onElected: () => this.#lead(),
      onDeposed: () => this.#deposed(),
    });
  }

  /** Starts, or comes back after `pause`. */
  join(): void {
    this.#openChannel();
    if (this.#election.joined) return;
    if (this.#shown === "idle") this.#show("connecting");
    this.#say({ kind: "hello" });
    this.#election.join();
    this.#watchLeader(NO_ANSWER_MS);
  }

  /** Leaves the lead to another tab. Goes on listening, unless the page is being left. */
  pause(leaving: boolean): void {
    this.#cancelSilence();
    if (this.#leads) this.#connection.send("pause");
    this.#leads = false;
    this.#election.leave();
    if (leaving) this.#closeChannel();
  }

  wentOffline(): void {
    if (this.#leads) this.#connection.send("went-offline");
  }

  wentOnline(): void {
    if (this.#leads) this.#connection.send("went-online");
  }

  /** The user signed in, or wants it to try now. */
  resume(): void {
    if (this.#leads) this.#connection.send("resume");
    else this.#say({ kind: "resume" });
  }

  stop(): void {
    this.#cancelSilence();
    this.#leads = false;
    this.#connection.send("stop");
    this.#election.leave();
    this.#closeChannel();
  }

  #lead(): void {
    this.#cancelSilence();
    // What it ended with when it led before (signed out, say) may have changed under another leader.
    if (this.#connection.state !== "paused") this.#connection.send("stop");
    this.#leads = true;
    this.#connection.continueFrom(this.#cursor, this.#held?.event === "message" ? this.#held.data : null);
    this.#connection.send(this.#connection.state === "paused" ? "unpause" : "start");
    if (!this.#options.isOnline()) this.#connection.send("went-offline");
  }

  #deposed(): void {
    this.#leads = false;
    this.#connection.send("stop");
    this.#election.join();
  }

  #leaderState(state: State): void {
    if (!this.#leads) return;
    this.#say({ kind: "state", state });
    this.#show(state);
  }

  #leaderFrame(frame: Frame): void {
    if (!this.#leads) return;
    this.#say({ kind: "frame", frame });
    this.#take(frame);
  }

  #heard(message: ChannelMessage): void {
    if (this.#leads) return this.#answer(message);
    this.#cancelSilence();
    if (message.kind === "state") this.#show(message.state);
    if (message.kind === "frame") this.#take(message.frame);
    if (this.#shown === "live") this.#watchLeader(LEADER_SILENCE_MS);
  }

  #answer(message: ChannelMessage): void {
    if (message.kind === "resume") this.#connection.send("resume");
    if (message.kind !== "hello") return;
    for (const frame of [this.#held, this.#presence]) if (frame) this.#say({ kind: "frame", frame });
    this.#say({ kind: "state", state: this.#connection.state });
  }

  /** Keeps what a successor or a newcomer needs, then hands it to the page. */
  #take(frame: Frame): void {
    if (frame.id !== undefined) this.#cursor = frame.id;
    if (frame.event === "reset") this.#cursor = null;
    if (frame.event === "message" || frame.event === "removed") this.#held = frame;
    if (frame.event === "presence") this.#presence = frame;
    this.#options.onFrame(frame);
  }

  #show(state: State): void {
    if (state === this.#shown) return;
    this.#shown = state;
    this.#options.onState(state);
  }

  #watchLeader(patience: number): void {
    this.#cancelSilence();
    if (this.#leads || !this.#election.joined) return;
    this.#cancelSilence = this.#options.clock.after(patience, () => this.#election.seize());
  }

  #say(message: ChannelMessage): void {
    this.#channel?.postMessage(message);
  }

  #openChannel(): void {
    if (this.#channel || !this.#options.locks) return;
    this.#channel = new BroadcastChannel(this.#options.name);
    this.#channel.addEventListener("message", (event: MessageEvent<unknown>) => {
      const message = readChannelMessage(event.data);
      if (message) this.#heard(message);
    });
  }

  #closeChannel(): void {
    this.#channel?.close();
    this.#channel = null;
  }
}
