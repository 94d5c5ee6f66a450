import { UNITS, type Unit } from "./unitTable.ts";

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  UNITS.flatMap((unit) => [unit.one, unit.many, ...unit.also].map((name) => [plain(name), unit] as const)),
);

const BY_ID: ReadonlyMap<string, Unit> = new Map(UNITS.map((unit) => [unit.one, unit]));

/** The unit of a name, in English or German, in the singular or plural; `null` for a word that is none. */
export function unitNamed(name: string): Unit | null {
  return BY_NAME.get(plain(name)) ?? null;
}

/** The name under which what is measured in a unit is counted: that of the table, or the word itself. */
export function unitId(name: string): string {
  return unitNamed(name)?.one ?? plain(name);
}

/** The unit's name beside a number. A word that is not in the table stays. */
export function showUnit(id: string, quantity: number): string {
  const unit = BY_ID.get(id);
  if (!unit) return id;
  return quantity > 1 ? unit.many : unit.one;
}

/** True for what cooks measure on a scale or in a jug, and write with decimals. */
export function isMetric(name: string): boolean {
  const root = rootOf(unitId(name));
  return root === "g" || root === "ml";
}

/** The kind of a unit: only what is of the same kind is added. Every word that is not in the table is its own. */
export function rootOf(id: string): string {
  return chainOf(id).at(-1)?.id ?? id;
}

/** The smallest unit in which amounts of all these units can be told. They must be of one kind. */
export function commonUnit(ids: readonly string[]): string {
  const [first = "", ...others] = ids;
  const chains = others.map((id) => new Set(chainOf(id).map((step) => step.id)));
  return chainOf(first).find(({ id }) => chains.every((chain) => chain.has(id)))?.id ?? rootOf(first);
}

/** How many of the second unit the first one is. It must be one of those in which the first is told. */
export function unitIn(id: string, other: string): number {
  return chainOf(id).find((step) => step.id === other)?.size ?? 1;
}

interface Step {
  readonly id: string;
  /** How many of it the unit at the chain's beginning is. */
  readonly size: number;
}

/** A unit, the one in which it is told, and so on up to its kind. */
function chainOf(id: string): readonly Step[] {
  const steps: Step[] = [{ id, size: 1 }];
  let of = BY_ID.get(id)?.of;
  while (of) {
    steps.push({ id: of.unit, size: (steps.at(-1)?.size ?? 1) * of.size });
    of = BY_ID.get(of.unit)?.of;
  }
  return steps;
}

function plain(name: string): string {
  return name.normalize("NFC").trim().replace(/\.$/u, "").toLowerCase().replaceAll(/\s+/gu, " ");
}
