import type { Viewer } from "../../protocol/streamEvents.ts";
import { Connection, type ConnectionOptions } from "./Connection.ts";
import { Election } from "./Election.ts";
import { readViewers } from "./eventData.ts";
import { UNHEARD, type Health } from "./health.ts";
import { HeldItems } from "./HeldItems.ts";
import { LeaderWatch } from "./LeaderWatch.ts";
import type { ReceivedEvent } from "./receivedEvent.ts";
import type { State } from "./states.ts";
import { TabChannel } from "./TabChannel.ts";
import type { FollowerMessage, LeaderMessage, TabMessage } from "./tabMessage.ts";

export interface TabsOptions extends Omit<ConnectionOptions, "held" | "onEvent"> {
  /** Tabs with the same name use one stream together. */
  readonly name: string;
  /** `null` where the browser has no Web Locks or the tab is to stay alone. */
  readonly locks: LockManager | null;
  /** The wire text of each item by its key: called when the stream is live and the set is whole, after each change. */
  readonly onItems: (texts: ReadonlyMap<string, string>) => void;
  readonly onViewers: (viewers: readonly Viewer[]) => void;
  /** Called whenever the server was heard, be it by another tab, and when a connection ended. */
  readonly onHealth: (health: Health) => void;
}

/**
 * One stream for all tabs of a browser, because browsers allow only six connections per origin over HTTP/1.1. The leader
 * holds the connection and passes on every event and state. Each tab holds all items itself, so that any can take over,
 * and compares them with the leader's at every heartbeat.
 */
export class TabsConnection {
  readonly #options: TabsOptions;
  readonly #held = new HeldItems();
  readonly #connection: Connection;
  readonly #election: Election;
  readonly #channel: TabChannel;
  readonly #leaderWatch: LeaderWatch;
  #leads = false;
  #term = 0;
  #shown: State = "idle";
  #health: Health = UNHEARD;
  #shownRevision = -1;
  #viewers: readonly Viewer[] = [];

  constructor(options: TabsOptions) {
    this.#options = options;
    this.#connection = new Connection({
      ...options,
      held: this.#held,
      onState: (state) => this.#leaderState(state),
      onEvent: (event) => this.#leaderEvent(event),
    });
    this.#election = new Election(options.locks, options.name, {
      onElected: () => this.#lead(),
      onDeposed: () => this.#stepDown(),
    });
    this.#channel = new TabChannel(options.name, (message) => this.#heard(message));
    this.#leaderWatch = new LeaderWatch(options.clock, {
      onSilence: () => this.#sayHello(),
      onDeath: () => this.#election.seize(),
    });
  }

  /** Starts, or comes back after `pause`. */
  join(): void {
    if (this.#options.locks) this.#channel.open();
    if (this.#election.joined) return;
    if (this.#shown === "idle") this.#show("connecting");
    this.#leaderWatch.knock();
    this.#election.join();
  }

  /** Leaves the lead to another tab. Goes on listening, unless the page is being left. */
  pause(leaving: boolean): void {
    this.#leaderWatch.stop();
    if (this.#leads) this.#connection.send("pause");
    this.#leads = false;
    this.#election.leave();
    if (leaving) this.#channel.close();
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
    else this.#channel.say({ kind: "resume" });
  }

  stop(): void {
    this.#leaderWatch.stop();
    this.#leads = false;
    this.#connection.send("stop");
    this.#election.leave();
    this.#channel.close();
  }

  #lead(): void {
    this.#leaderWatch.stop();
    // What it ended with when it led before (signed out, say) may have changed under another leader.
    if (this.#connection.state !== "paused") this.#connection.send("stop");
    this.#leads = true;
    // All tabs have the same clock, so a tab that never heard of a term before begins a later one as well.
    this.#term = Math.max(this.#options.clock.now(), this.#term + 1);
    this.#connection.send(this.#connection.state === "paused" ? "unpause" : "start");
  }

  /** Another tab took the lead while this one did not answer. */
  #stepDown(): void {
    this.#leads = false;
    this.#connection.send("stop");
    this.#election.leave();
    this.#election.join();
    this.#leaderWatch.heard();
  }

  #leaderState(state: State): void {
    if (!this.#leads) return;
    this.#setHealth(this.#connection.health);
    this.#show(state);
    this.#sayStatus();
  }

  #leaderEvent(event: ReceivedEvent): void {
    if (!this.#leads) return;
    this.#setHealth(this.#connection.health);
    if (event.event === "ping") return this.#sayStatus();
    this.#channel.say({ kind: "event", term: this.#term, event });
    this.#took(event);
  }

  #heard(message: TabMessage): void {
    if (message.kind !== "hello" && message.kind !== "resume") return this.#heardLeader(message);
    if (this.#leads) this.#answer(message);
  }

  #answer(message: FollowerMessage): void {
    if (message.kind === "resume") return this.#connection.send("resume");
    if (message.cursor === this.#held.cursor && message.hash === this.#held.hash) return this.#sayStatus();
    this.#channel.say({
      kind: "whole",
      term: this.#term,
      state: this.#shown,
      health: this.#health,
      held: this.#held.copy(),
      viewers: this.#viewers,
    });
  }

  /** A leader of an earlier term was frozen and has not noticed yet that its time is over: what it says is old. */
  #heardLeader(message: LeaderMessage): void {
    if (message.term < this.#term || (this.#leads && message.term === this.#term)) return;
    this.#term = message.term;
    if (this.#leads) this.#stepDown();
    if (this.#election.joined) this.#leaderWatch.heard();
    if (message.kind === "event") return this.#followEvent(message.event);
    this.#setHealth(message.health);
    if (message.kind === "whole") this.#become(message);
    this.#show(message.state);
    if (message.kind === "status") this.#compare(message);
  }

  #followEvent(event: ReceivedEvent): void {
    this.#setHealth({ ...this.#health, heardAt: this.#options.clock.now() });
    this.#held.take(event);
    this.#took(event);
  }

  /** A tab that knows something lets only a leader that is live replace it: one that just began may know less. */
  #become({ state, held, viewers }: Extract<LeaderMessage, { kind: "whole" }>): void {
    if (state !== "live" && !this.#held.isEmpty) return;
    this.#held.replaceBy(held);
    this.#setViewers(viewers);
    if (!held.replaying) this.#deliverNow();
  }

  #compare({ state, cursor, hash }: Extract<LeaderMessage, { kind: "status" }>): void {
    if (state !== "live" || this.#held.replaying) return;
    if (cursor !== this.#held.cursor || hash !== this.#held.hash) this.#sayHello();
  }

  #took({ event, data }: ReceivedEvent): void {
    if (event === "presence") this.#setViewers(readViewers(data));
    this.#deliver();
  }

  /** A leader that has just begun has heard nothing itself, but others have. */
  #setHealth({ heardAt, closing }: Health): void {
    this.#health = { heardAt: heardAt ?? this.#health.heardAt, closing: closing ?? this.#health.closing };
    this.#options.onHealth(this.#health);
  }

  #setViewers(viewers: readonly Viewer[]): void {
    this.#viewers = viewers;
    this.#options.onViewers(viewers);
  }

  #show(state: State): void {
    if (state === this.#shown) return;
    this.#shown = state;
    this.#deliver();
    this.#options.onState(state);
  }

  /** What comes before `live` is half of something. */
  #deliver(): void {
    if (this.#shown === "live" && !this.#held.replaying) this.#deliverNow();
  }

  #deliverNow(): void {
    if (this.#held.revision === this.#shownRevision) return;
    this.#shownRevision = this.#held.revision;
    this.#options.onItems(this.#held.texts);
  }

  #sayHello(): void {
    this.#channel.say({ kind: "hello", cursor: this.#held.cursor, hash: this.#held.hash });
  }

  #sayStatus(): void {
    const { cursor, hash } = this.#held;
    const [term, state, health] = [this.#term, this.#shown, this.#health];
    this.#channel.say({ kind: "status", term, state, health, cursor, hash });
  }
}
