import { exactly } from "./Amount.ts";
import { showAmount } from "./showAmount.ts";

/** What a recipe has of an ingredient: the parts, and the line of which they were read, if it was one. */
interface Parts {
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
  readonly text?: string;
}

/** An ingredient as one line: as it was written, or else put together of its parts. */
export function ingredientLine({ quantity, unit, name, text }: Parts): string {
  const amount = quantity === null ? "" : showAmount(exactly(quantity), unit);
  const line = text ?? [amount, unit, name].filter(Boolean).join(" ");
  return line.replaceAll(/\s+/g, " ").trim();
}
