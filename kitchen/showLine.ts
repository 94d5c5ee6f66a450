import { exactly } from "./Amount.ts";
import { countedName } from "./countedName.ts";
import { addTotals, measuresOf } from "./addUp.ts";
import type { Share } from "./mergeNeeds.ts";
import { nameOfBoth } from "./needs.ts";
import { showAmount } from "./showAmount.ts";
import { showUnit } from "./units.ts";

/** What a line says that was made of what plans ask for. */
export interface ShownLine {
  readonly text: string;
  /** `null` for what can't be read: then the text says it all. */
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
  readonly dishes: readonly string[];
}

/** Tells what plans ask for as one line. They are of one key: of one kind, or all without an amount. */
export function showLine(shares: readonly Share[]): ShownLine {
  const written = shares.map((share) => share.name).reduce(nameOfBoth, "");
  const dishes = [...new Set(shares.flatMap((share) => share.dishes))];
  const [measure] = measuresOf(shares.map(({ total }) => total).reduce(addTotals, new Map()));
  if (!measure) return { text: written, quantity: null, unit: "", name: written, dishes };
  const { quantity } = measure;
  const unit = showUnit(measure.unit, quantity);
  const name = unit === "" ? countedName(written, quantity) : written;
  const text = [showAmount(exactly(quantity), unit), unit, name].filter((part) => part !== "").join(" ");
  return { text, quantity, unit, name, dishes };
}
