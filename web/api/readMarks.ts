import { list, record, text, textOrNull } from "./reading.ts";

/** Who changed a dish last with the app, and when. Nobody and never: typed into the database, or not told to a guest. */
export interface Mark {
  /** A user's id. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string | null;
}

/** A dish that was taken off a plan. */
export interface RemovedDish {
  readonly _id: string;
  readonly title: string;
  readonly day: string;
  readonly meal: string;
  /** A user's id. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** Reads who changed a dish, and when. Never fails. */
export function readMark(value: unknown): Mark {
  const entry = record(value);
  return { by: textOrNull(entry["changedBy"]), at: textOrNull(entry["changedAt"]) };
}

/** Reads what was taken off a plan, the newest last. Never fails. */
export function readRemoved(value: unknown): readonly RemovedDish[] {
  return list(value).map((one) => {
    const dish = record(one);
    return {
      _id: text(dish["_id"]),
      title: text(dish["title"]) || "Untitled",
      day: text(dish["day"]),
      meal: text(dish["meal"]),
      by: textOrNull(dish["by"]),
      at: text(dish["at"]),
    };
  });
}
