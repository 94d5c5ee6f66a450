import type { Amount } from "./Amount.ts";
import { isMetric } from "./units.ts";

/** The fractions that spoons and cups have, and how they are written. */
const FRACTIONS: readonly (readonly [number, string])[] = [
  [1 / 8, "⅛"],
  [1 / 4, "¼"],
  [1 / 3, "⅓"],
  [3 / 8, "⅜"],
  [1 / 2, "½"],
  [5 / 8, "⅝"],
  [2 / 3, "⅔"],
  [3 / 4, "¾"],
  [7 / 8, "⅞"],
];

/** Less than anybody measures. */
const CLOSE = 0.000_5;

/** What is there at all is never shown as nothing. */
const LEAST = 0.001;

/**
 * An amount as cooks write it: `½`, `1½`, `2-3`; with decimals where it is weighed or poured by a scale (`1.5` kg).
 * Reading it gives the same amount, as far as it is shown.
 * @param unit a unit's name, or an empty text for what is counted.
 */
export function showAmount({ from, to }: Amount, unit: string): string {
  const [first, second] = [showNumber(from, unit), showNumber(to, unit)];
  return first === second ? first : `${first}-${second}`;
}

function showNumber(quantity: number, unit: string): string {
  const decimal = showDecimal(quantity);
  if (isMetric(unit)) return decimal;
  // Rounding may come upon a fraction, which is then shown as one.
  return showFraction(quantity) ?? showFraction(Number(decimal)) ?? decimal;
}

/** `null` for what is no whole number and no fraction of the table. */
function showFraction(quantity: number): string | null {
  const whole = Math.floor(quantity + CLOSE);
  const part = quantity - whole;
  if (whole > 0 && Math.abs(part) < CLOSE) return String(whole);
  const sign = FRACTIONS.find(([value]) => Math.abs(part - value) < CLOSE)?.[1];
  return sign === undefined ? null : `${whole === 0 ? "" : whole}${sign}`;
}

/** Nobody weighs a tenth of a gram in half a kilogram: three figures or four. */
function showDecimal(quantity: number): string {
  if (quantity >= 100) return String(Math.round(quantity));
  if (quantity >= 10) return String(Number(quantity.toFixed(1)));
  if (quantity >= 1) return String(Number(quantity.toFixed(2)));
  return String(quantity === 0 ? 0 : Number(Math.max(quantity, LEAST).toFixed(3)));
}
