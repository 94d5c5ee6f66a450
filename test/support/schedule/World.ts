import type { ReceivedEvent } from "../streamReader.ts";
import type { ModelPage, Return } from "./ModelPage.ts";

/** A page of a schedule, what it watches, and who sits before it. */
export interface Seat {
  readonly page: ModelPage;
  /** The address of its stream. */
  readonly url: string;
  readonly cookie: string;
}

/** What a schedule plays with: a stream, what happens to it, and what each page is to make of that. */
export interface World<Change> {
  readonly seats: readonly Seat[];
  /** Makes one thing happen, and checks what follows from it at once. */
  play(change: Change): Promise<void>;
  /** Makes some small thing happen that takes no right from anybody. */
  playSmall(): Promise<void>;
  /** Whether somebody who comes now is to be let in; `null` when either is right. */
  lets(seat: Seat, how: Return): boolean | null;
  /** Whether the hubs have been told of everything. */
  readonly isTold: boolean;
  /** Tells the hubs what they have not been told yet. */
  tell(): Promise<void>;
  /** What is wrong with what a page shows, or with its having been sent away; `null` for nothing. */
  faultOf(seat: Seat): string | null;
  /** Kills hubs, with everything that they have in memory. */
  crash(): Promise<void>;
  /** Checks all that a page got on one stream. */
  check(seat: Seat, events: readonly ReceivedEvent[]): void;
}
