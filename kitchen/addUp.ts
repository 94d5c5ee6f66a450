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

/**
 * What is left of one kind when some of it is there already; nothing when that is enough. It is told in the unit of
 * both.
 */
export function lessOf(total: Total, there: Total): Total {
  if (there.size === 0) return total;
  const unit = commonUnit([...total.keys(), ...there.keys()]);
  const grains = grainsIn([...total], unit) - grainsIn([...there], unit);
  return new Map(grains > ROUNDING ? [[unit, grains]] : []);
}

/** What ounces make of grains, and nobody can buy. */
const ROUNDING = 100;

function measureOf(parts: readonly (readonly [string, number])[]): Measure {
  const unit = commonUnit(parts.map(([id]) => id));
  return readable({ quantity: quantityOf(grainsIn(parts, unit)), unit });
}

function grainsIn(parts: readonly (readonly [string, number])[], unit: string): number {
  const sorted = parts.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Math.round(sorted.reduce((sum, [id, grains]) => sum + grains * unitIn(id, unit), 0));
}

/** What is weighed in thousands, and what is poured. */
const THOUSANDS: readonly (readonly [string, string])[] = [
  ["g", "kg"],
  ["ml", "l"],
];

/** Nobody buys 1500 grams, nor 0.667 kilograms. */
function readable({ quantity, unit }: Measure): Measure {
  const [small, big] = THOUSANDS.find((pair) => pair.includes(unit)) ?? [];
  if (unit === small && big !== undefined && quantity >= 1000)
    return { quantity: quantity / 1000, unit: big };
  if (unit === big && small !== undefined && quantity < 1) return { quantity: quantity * 1000, unit: small };
  return { quantity, unit };
}
