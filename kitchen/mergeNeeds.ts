import { addTotals, lessOf, type Total } from "./addUp.ts";
import type { Need } from "./needs.ts";

/** How much of a line one plan asks for. */
export interface Share {
  readonly planId: string;
  readonly name: string;
  readonly total: Total;
  readonly dishes: readonly string[];
}

/** A line that was made from plans. */
export interface MadeLine {
  readonly id: string;
  readonly key: string;
  /** It is ticked, or somebody has written it anew: it is left as it is, and what it says is there. */
  readonly isFixed: boolean;
  readonly shares: readonly Share[];
}

/** What was bought and taken off the list since. */
export type Bought = Pick<MadeLine, "key" | "shares">;

/** What is to be done with a line. */
export type ListWrite =
  | { readonly kind: "add" | "change"; readonly line: MadeLine }
  | { readonly kind: "remove"; readonly line: MadeLine };

/** A list as a plan finds it. */
export interface FoundList {
  readonly lines: readonly MadeLine[];
  readonly bought: readonly Bought[];
  /** A new id for a line about a key. */
  readonly newId: (key: string) => string;
}

/**
 * What a list becomes by what a plan needs now. What the plan asked for before is replaced, what other plans ask for stays.
 * What is ticked is never unticked nor made larger: what goes beyond it becomes a line of its own. Doing it again changes
 * nothing.
 */
export function mergeNeeds(
  planId: string,
  needs: readonly Need[],
  { lines, bought, newId }: FoundList,
): readonly ListWrite[] {
  const needed = new Map(needs.map((need) => [need.key, need]));
  const byKey = Map.groupBy(lines, ({ key }) => key);
  return [...new Set([...needed.keys(), ...byKey.keys()])].flatMap((key) => {
    const own = byKey.get(key) ?? [];
    const fixed = own.filter(({ isFixed }) => isFixed);
    const open = own.filter(({ isFixed }) => !isFixed).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const covering = [...fixed, ...bought.filter((gone) => gone.key === key)];
    const need = needed.get(key);
    const share = need ? missing(planId, need, covering) : null;
    const target = share && (open.find((line) => isFor(planId, line)) ?? open[0] ?? null);
    const changes = open.flatMap((line) => changeOf(line, planId, line === target ? share : null));
    if (!share || target) return changes;
    return [...changes, { kind: "add", line: { id: newId(key), key, isFixed: false, shares: [share] } }];
  });
}

/** What a plan needs beyond what is there; `null` for nothing. */
function missing(planId: string, need: Need, covering: readonly Bought[]): Share | null {
  const shares = covering.flatMap((line) => line.shares.filter((share) => share.planId === planId));
  const isText = need.total.size === 0;
  if (isText && shares.length > 0) return null;
  const total = lessOf(need.total, shares.map((share) => share.total).reduce(addTotals, new Map()));
  return total.size === 0 && !isText ? null : { planId, name: need.name, total, dishes: need.dishes };
}

function isFor(planId: string, { shares }: MadeLine): boolean {
  return shares.some((share) => share.planId === planId);
}

/** Sets what one plan asks of an open line; without anything that asks for it the line goes. */
function changeOf(line: MadeLine, planId: string, share: Share | null): readonly ListWrite[] {
  const others = line.shares.filter((other) => other.planId !== planId);
  const shares = (share ? [...others, share] : others).toSorted((one, other) =>
    one.planId < other.planId ? -1 : 1,
  );
  if (textOf(shares) === textOf(line.shares)) return [];
  return [shares.length === 0 ? { kind: "remove", line } : { kind: "change", line: { ...line, shares } }];
}

/** Equal for equal shares, in whatever order they and their parts are. */
function textOf(shares: readonly Share[]): string {
  const parts = shares.map(({ planId, name, total, dishes }) => [
    planId,
    name,
    [...total].toSorted(),
    dishes,
  ]);
  return JSON.stringify(parts.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)));
}
