import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { KeyRange } from "../storage/access.ts";
import type { IndexInfo } from "../storage/collectionInfo.ts";
import { encodeIndexKey } from "../storage/indexKeys.ts";
import type { Plan } from "./planAccess.ts";
import type { Hint } from "./readHint.ts";
import { sortFromIndex } from "./sortFromIndex.ts";

/** The keys of an index between which a `find` looks, the upper one left out (`min` and `max`). */
export interface KeyBounds {
  readonly min?: BsonDocument | undefined;
  readonly max?: BsonDocument | undefined;
}

/** True when one of them is given. */
export function hasBounds({ min, max }: KeyBounds): boolean {
  return [min, max].some((bound) => bound !== undefined && Object.keys(bound).length > 0);
}

/** The part of the hinted index that lies between two of its keys; throws when there is no hint or the keys are not its own. */
export function planBetween(hint: Hint | undefined, bounds: KeyBounds, sort: BsonDocument | undefined): Plan {
  if (hint?.kind !== "index")
    throw new CommandError(51173, "When using min()/max() a hint of which index to use must be provided");
  const { index } = hint;
  const range = rangeOf(index, bounds);
  const everything = { columns: [], points: 0, ranges: [range] };
  const direction = sort === undefined ? 1 : sortFromIndex(index, everything, sort);
  return {
    access: { by: "index", index, ranges: [range], direction: direction ?? 1 },
    isSorted: direction !== null,
  };
}

function rangeOf(index: IndexInfo, { min = {}, max = {} }: KeyBounds): KeyRange {
  const low = Object.keys(min).length === 0 ? Buffer.alloc(0) : keyOf(index, min);
  const high = Object.keys(max).length === 0 ? Buffer.from([0xff]) : keyOf(index, max);
  if (Buffer.compare(low, high) < 0) return { low, high };
  throw new CommandError(
    51175,
    "The value provided for min() does not come before the value provided for max() in the hinted index",
  );
}

function keyOf(index: IndexInfo, bound: BsonDocument): Buffer {
  const isOfIndex =
    Object.keys(bound).join("\0") === index.fields.map(({ path }) => path).join("\0") &&
    index.collation === null &&
    !index.fields.some(({ isHashed }) => isHashed);
  if (!isOfIndex) throw new CommandError(51174, "The index chosen is not compatible with min/max");
  return encodeIndexKey(
    index.fields,
    index.fields.map(({ path }) => bound[path]),
  );
}
