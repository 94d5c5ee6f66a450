import type { Person } from "./household.ts";

/** An address at which calendar apps read a household's meals, as its members see it. */
export interface Calendar {
  readonly _id: string;
  readonly createdBy: Person;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A new one. Whoever has the address reads the meals until it is ended; it is told once. */
export interface NewCalendar {
  readonly _id: string;
  readonly url: string;
}
