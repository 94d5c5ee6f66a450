import type { ObjectId } from "mongodb";

/** Ahead of the database's clock, so that a reconcile never finds something newer; less than what counts as foreign. */
const AHEAD_SECONDS = 30;

interface ItemChange {
  readonly id: ObjectId | undefined;
  readonly fields: object;
  readonly seq: number;
}

/** The change events of items as Atlas would post them, as the body of one post. */
export function itemEvents(changes: readonly ItemChange[]): string {
  const seconds = Math.floor(Date.now() / 1000) + AHEAD_SECONDS;
  const events = changes.map(({ id, fields, seq }) => {
    const hex = [seconds, seq].map((part) => part.toString(16).padStart(8, "0")).join("");
    const key = { _id: { $oid: id?.toHexString() } };
    return {
      _id: { _data: `82${hex}2B042C0100296E5A1004` },
      operationType: "update",
      ns: { db: "bench", coll: "items" },
      documentKey: key,
      clusterTime: { $timestamp: { t: seconds, i: seq } },
      wallTime: { $date: { $numberLong: String(Date.now()) } },
      fullDocument: { ...key, ...fields },
    };
  });
  return JSON.stringify(events);
}
