import { grainsOf, quantityOf } from "./grains.ts";
import { commonUnit, rootOf, unitId, unitIn } from "./units.ts";

/** A quantity in a unit, by the unit's id. */
export interface Measure {
  readonly quantity: number;
  readonly unit: string;
}

/** What was added up of one kind: how many grains of each unit, by the unit's id. Exact, so that the order is all one. */
export type Total = ReadonlyMap<string, number>;

/** One quantity, ready to be added. @param unit a unit's name as people write it. */
export function totalOf(quantity: number, unit: string): Total {
  return new Map([[unitId(unit), grainsOf(quantity)]]);
}

/** Adds two totals unit by unit; nothing is converted yet. */
export function addTotals(one: Total, other: Total): Total {
  const sum = new Map(one);
  for (const [unit, grains] of other) sum.set(unit, (sum.get(unit) ?? 0) + grains);
  return sum;
}

/** What a total comes to: one measure for each kind in it, in the unit of whoever uses only one. By the kind's name. */
export function measuresOf(total: Total): readonly Measure[] {
  const kinds = Map.groupBy(total, ([unit]) => rootOf(unit));
  return [...kinds].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, parts]) => measureOf(parts));
}

function measureOf(parts: readonly (readonly [string, number])[]): Measure {
  const unit = commonUnit(parts.map(([id]) => id));
  const grains = parts
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .reduce((sum, [id, count]) => sum + count * unitIn(id, unit), 0);
  return readable({ quantity: quantityOf(Math.round(grains)), unit });
}

/** Thousands of grams are kilograms to anybody who buys them. */
function readable({ quantity, unit }: Measure): Measure {
  if (quantity < 1000) return { quantity, unit };
  if (unit === "g") return { quantity: quantity / 1000, unit: "kg" };
  if (unit === "ml") return { quantity: quantity / 1000, unit: "l" };
  return { quantity, unit };
}
