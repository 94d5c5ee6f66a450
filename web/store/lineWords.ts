import { exactly } from "../../kitchen/Amount.ts";
import { showAmount } from "../../kitchen/showAmount.ts";
import { showUnit, unitId } from "../../kitchen/units.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { capital } from "./dates.ts";

type Words = Pick<ShoppingLine, "text" | "quantity" | "unit" | "name">;

/** What to look for in the shop; where no amount was read, the line as it was written. */
export function lineName({ text, quantity, name }: Words): string {
  return capital(quantity === null ? text : name || text);
}

/** How much of it, as in “1½ cups”; nothing where that was not read. */
export function lineAmount({ quantity, unit }: Words): string {
  if (quantity === null) return "";
  const id = unitId(unit);
  return [showAmount(exactly(quantity), id), showUnit(id, quantity)].filter(Boolean).join(" ");
}

/** The dishes that need it, as in “Pancakes, and 2 more”. */
export function dishWords(dishes: readonly string[]): string {
  const [first = "", ...others] = dishes;
  return others.length > 1 ? `${first}, and ${others.length} more` : dishes.join(", ");
}
