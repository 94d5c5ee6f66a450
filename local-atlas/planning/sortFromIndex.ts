import { isNumeric, toNumber } from "../bson/numbers.ts";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { IndexInfo } from "../storage/collectionInfo.ts";
import type { IndexBounds } from "./indexBounds.ts";

/**
 * The direction in which an index gives documents in the order of a sort, `null` when it does not. Fields of which the
 * bounds hold a single value may stand anywhere.
 */
export function sortFromIndex(index: IndexInfo, bounds: IndexBounds, sort: BsonDocument): 1 | -1 | null {
  const { skipped, constant } = singleValues(index, bounds);
  const wanted = Object.entries(sort).filter(([path]) => !constant.has(path));
  const given = index.fields
    .map((field, position) => ({ ...field, position }))
    .filter(({ position }) => !skipped.has(position));
  let direction: 1 | -1 | null = null;
  for (const [at, [path, order]] of wanted.entries()) {
    const field = given[at];
    if (field?.path !== path || field.isHashed || index.multikey.has(field.position)) return null;
    const turn = isNumeric(order) && toNumber(order) === field.direction ? 1 : -1;
    if (direction !== null && direction !== turn) return null;
    direction = turn;
  }
  return direction ?? 1;
}

interface SingleValues {
  /** Positions in the index that hold one value in all of the bounds. */
  readonly skipped: ReadonlySet<number>;
  /** Paths that have one value in all documents; an array may have further ones. */
  readonly constant: ReadonlySet<string>;
}

function singleValues(index: IndexInfo, { columns }: IndexBounds): SingleValues {
  const positions = [...columns.entries()]
    .filter(([, column]) => column.length === 1 && column[0]?.isPoint === true)
    .map(([position]) => position);
  const constant = positions.filter((position) => !index.multikey.has(position));
  return {
    skipped: new Set(positions),
    constant: new Set(constant.map((position) => index.fields[position]?.path ?? "")),
  };
}
