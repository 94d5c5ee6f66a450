import type { Amount } from "./Amount.ts";
import { grainsOf, quantityOf } from "./grains.ts";

/** So much more, or less, of a quantity. A third of three is one, and stays a third where it is one. */
export function scaleQuantity(quantity: number, factor: number): number {
  return quantityOf(grainsOf(quantity * factor));
}

/** The same for an amount. */
export function scaleAmount({ from, to }: Amount, factor: number): Amount {
  return { from: scaleQuantity(from, factor), to: scaleQuantity(to, factor) };
}
