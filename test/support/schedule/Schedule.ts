import { expect } from "vitest";

import { expectOrder } from "../Audience.ts";
import type { ModelPage, Return } from "./ModelPage.ts";
import type { PageStep } from "./pageSteps.ts";
import type { Seat, World } from "./World.ts";

/** More than all buffers between: Linux may give one socket 32 MB to receive into and 4 MB to send from. */
const MOST_HELD_BYTES = 48 * 1024 * 1024;

/** One thing that happens: to what hubs hold, or to a page or a hub. */
export type Step<Change> = { readonly kind: "change"; readonly change: Change } | PageStep;

/** Plays steps against hubs by their public doors, and checks what pages receive against a model. */
export class Schedule<Change> {
  readonly #world: World<Change>;

  constructor(world: World<Change>) {
    this.#world = world;
  }

  /** Does one thing, and checks what follows from it at once. */
  async play(step: Step<Change>): Promise<void> {
    switch (step.kind) {
      case "change":
        return this.#world.play(step.change);
      case "join":
        return this.#join(this.#seat(step.page), step.how, step.overSocket, step.during);
      case "crash":
        return this.#crash();
      case "settle":
        return this.#settle();
      case "read":
        return this.#read(this.#seat(step.page));
      case "stall":
        return this.#seat(step.page).page.stall();
      default:
        return this.#seat(step.page).page.leave(step.kind === "vanish");
    }
  }

  /** Lets everybody read to the end, come back once more, and checks all that was ever received. */
  async finish(): Promise<void> {
    const { seats } = this.#world;
    await this.#world.tell();
    for (const seat of seats) await this.#read(seat);
    await this.#settle();
    await this.#expectAgreement();
    for (const { page } of seats) page.leave(false);
    for (const seat of seats) await this.#join(seat, "continuing", false, false);
    for (const { page } of seats) page.leave(false);
    for (const seat of seats) for (const events of seat.page.streams) this.#check(seat, events);
  }

  #seat(number: number): Seat {
    const { seats } = this.#world;
    const seat = seats[number % seats.length];
    if (!seat) throw new Error("unreachable");
    return seat;
  }

  get #pages(): readonly ModelPage[] {
    return this.#world.seats.map(({ page }) => page);
  }

  /** I2 and I5: whoever is live holds the newest, whether by a replay or because nothing was missed. */
  async #join(seat: Seat, how: Return, overSocket: boolean, during: boolean): Promise<void> {
    const { page, url, cookie } = seat;
    if (page.isOpen) return;
    this.#expectDue(seat);
    page.forget();
    const lets = this.#world.lets(seat, how);
    const change = during && lets ? this.#world.playSmall() : null;
    const isIn = await page.open(url, cookie, how, overSocket);
    if (lets !== null) expect(isIn).toBe(lets);
    if (isIn && !change && this.#world.isTold) expect(this.#world.faultOf(seat)).toBeNull();
    await change;
  }

  /** I7: what was held for a page that did not read is bounded, however much went by. Or it was sent away. */
  async #read(seat: Seat): Promise<void> {
    const { page } = seat;
    if (!page.isOpen || page.isReading) return;
    page.read();
    const isDone = () => page.farewell !== null || !this.#world.isTold || this.#isRight(seat);
    await page.stream?.until(isDone, "the newest, or bye");
    expect(page.heldBytes).toBeLessThan(MOST_HELD_BYTES);
    if (page.farewell === "bye") await page.readToEnd();
  }

  async #crash(): Promise<void> {
    await this.#world.crash();
    await Promise.all(this.#pages.filter(({ stream }) => stream).map((page) => page.readToEnd()));
  }

  /** I6: everybody who reads gets the newest, whoever else does not. */
  async #settle(): Promise<void> {
    await this.#world.tell();
    for (const seat of this.#world.seats) this.#expectDue(seat);
    const reading = this.#world.seats.filter(({ page }) => page.isReading);
    await Promise.all(reading.map((seat) => this.#untilRight(seat)));
  }

  /** Who was sent away for good had lost the right. */
  #expectDue(seat: Seat): void {
    if (seat.page.farewell === "revoked") expect(this.#world.faultOf(seat)).toBeNull();
  }

  #isRight(seat: Seat): boolean {
    return this.#world.faultOf(seat) === null;
  }

  /** @throws Error that says what is still wrong. */
  async #untilRight(seat: Seat): Promise<void> {
    try {
      await seat.page.stream?.until(() => this.#isRight(seat), "the newest");
    } catch (error) {
      throw new Error(`A page that reads ${this.#world.faultOf(seat)}`, { cause: error });
    }
  }

  /** I2, as the heartbeat has it. */
  async #expectAgreement(): Promise<void> {
    const open = this.#pages.filter(({ isOpen, farewell }) => isOpen && farewell === null);
    const answers = await Promise.all(open.map((page) => page.agrees()));
    expect(answers).toEqual(open.map(() => true));
  }

  /** I1 and I3, and what the world knows. */
  #check(seat: Seat, events: ModelPage["streams"][number]): void {
    expectOrder(events);
    this.#world.check(seat, events);
  }
}
