import { clock, formatMark } from "./mark.ts";
import type { PlanDocument } from "./contenders/Contender.ts";

export const HOUSEHOLD_ID = "65f000000000000000000002";
const ENTRY_IDS = "65f0000000000000000001";
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const STAMP = "2026-11-20T12:00:00.000Z";

/** What a plan is made for. */
export interface PlanOwner {
  readonly planId: string;
  readonly userId: string;
}

/** Makes meal plans of a given size, each with the next mark as its last field. */
export class PlanWriter {
  readonly #owner: PlanOwner;
  #seq = 0;

  constructor(owner: PlanOwner) {
    this.#owner = owner;
  }

  /** A plan of so many bytes of JSON, give or take a few; its mark holds the time of this call. */
  write(bytes: number): PlanDocument {
    const seq = ++this.#seq;
    const { planId, userId } = this.#owner;
    const sentAt = clock();
    const mark = formatMark({ seq, sentAt });
    const entries: object[] = [];
    let json = "";
    do {
      entries.push(entry(entries.length, userId));
      json = JSON.stringify({
        _id: planId,
        householdId: HOUSEHOLD_ID,
        week: "2026-W47",
        entries,
        memberIds: [userId],
        createdAt: STAMP,
        updatedAt: STAMP,
        mark,
      });
    } while (json.length < bytes);
    return { seq, sentAt, json };
  }
}

function entry(index: number, userId: string): object {
  return {
    _id: ENTRY_IDS + String(index).padStart(2, "0"),
    day: DAYS[index % DAYS.length],
    meal: "dinner",
    recipeId: null,
    title: "Lentil soup",
    servings: 4,
    note: "with bread",
    addedBy: userId,
  };
}
