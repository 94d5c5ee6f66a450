import type { Amount } from "./Amount.ts";
import { readAmount } from "./readAmount.ts";
import { unitNamed } from "./units.ts";

/** A line of an ingredient list, as far as it was understood. */
export interface ReadIngredient {
  /** `null` for "some", and for what can't be read for certain. */
  readonly amount: Amount | null;
  /** As written, without a dot; empty for what is counted. */
  readonly unit: string;
  /** What it is. The whole line as it was written where the amount can't be read. */
  readonly name: string;
}

const VAGUE = /^(?:some|a (?:few|little|bit of)|etwas|einige|ein (?:paar|wenig|bisschen))\s+(\S.*)$/isu;

const AT_WILL =
  /^(\S.*?)[\s,]+\(?(?:to taste|as needed|as required|nach (?:geschmack|bedarf|belieben))\)?$/isu;

/** A second amount that belongs to the first: the line says more than an amount, a unit and a name. */
const SECOND_AMOUNT = /^(?:[×*+/]|x[\s\d]|plus\s|(?:and|und|&)\s+\d)/iu;

const UNIT_AND_NAME = /^(\p{L}+(?:\s+\p{L}+)?)\.?\s+(?:of\s+)?(\S.*)$/isu;

const WORD_AND_NAME = /^(\p{L}+)\.?\s+(?:of\s+)?(\S.*)$/isu;

/**
 * Reads a line like `1½ cups flour, sifted`, `2-3 onions`, `500g Mehl`, `a pinch of salt` or `salt, to taste`, in English
 * or German. What it does not understand for certain it leaves in the name as it was written.
 */
export function readIngredient(line: string): ReadIngredient {
  const text = line.trim();
  const vague = VAGUE.exec(text)?.[1];
  if (vague !== undefined) return { amount: null, unit: "", name: vague };
  const asWritten = { amount: null, unit: "", name: line };
  const leading = readAmount(text);
  if (!leading) return { ...asWritten, name: AT_WILL.exec(text)?.[1] ?? line };
  const { amount, rest, isGlued } = leading;
  const measured = readUnit(rest);
  if (measured) return SECOND_AMOUNT.test(measured.name) ? asWritten : { amount, ...measured };
  return isGlued || !isName(rest) ? asWritten : { amount, unit: "", name: rest };
}

/** The unit with which a text begins, of two words or of one, and what follows it. */
function readUnit(text: string): Pick<ReadIngredient, "unit" | "name"> | null {
  for (const pattern of [UNIT_AND_NAME, WORD_AND_NAME]) {
    const [, unit, name] = pattern.exec(text) ?? [];
    if (unit !== undefined && name !== undefined && unitNamed(unit)) return { unit, name };
  }
  return null;
}

/** False for what goes on with figures (`500 g/1 lb`, `2 x 400 g`) or is nothing but a unit. */
function isName(text: string): boolean {
  const [first = ""] = text.split(/\s/u, 1);
  return text !== "" && !/^[^(]*[\d/]/u.test(first) && !SECOND_AMOUNT.test(text) && !unitNamed(text);
}
