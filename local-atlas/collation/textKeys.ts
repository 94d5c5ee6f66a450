import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { StringOrder } from "../bson/compareStrings.ts";
import { compileCollation, foldString } from "./compileCollation.ts";

/** What the further key of a text begins with that is not plain. No plain text begins with it. */
export const OTHER_TEXTS = "\u0001";

const PLAIN = /^[ -~]*$/;
const PLAIN_CHARACTERS = Array.from({ length: 95 }, (_none, at) => String.fromCharCode(0x20 + at));

/** In these, whole groups of plain letters can be equal to other groups, which no key of letters tells. */
const WITHOUT_KEYS = new Set(["hu"]);

/** True for a text whose equals under a collation are known by its key, as far as they are plain too. */
export function hasSureKey(text: string, collation: BsonDocument): boolean {
  const [language = ""] = String(collation["locale"]).split(/[-_@]/);
  return PLAIN.test(text) && !WITHOUT_KEYS.has(language);
}

/**
 * The keys of a text in an index with a collation: equal plain texts have the same one. A text that is not plain may
 * be equal to one with another key (`ß` and `ss`), so it has a further key, by which all such texts are found.
 */
export function textKeys(text: string, collation: BsonDocument): readonly string[] {
  const key = textKey(text, collation);
  return PLAIN.test(text) ? [key] : [key, OTHER_TEXTS + key];
}

/** The first of its keys. Unlike the collation's own keys, which JavaScript does not give, it has no order. */
export function textKey(text: string, collation: BsonDocument): string {
  const { replacements, isNumeric } = alphabetOf(collation);
  const folded = foldString(text, collation).replaceAll(/[ -~]/g, (one) => replacements.get(one) ?? one);
  return isNumeric ? folded.replaceAll(/0+(?=\d)/g, "") : folded;
}

/** What a collation takes for the same among plain characters. */
interface Alphabet {
  readonly replacements: ReadonlyMap<string, string>;
  /** Digits are compared as numbers. */
  readonly isNumeric: boolean;
}

const alphabets = new Map<StringOrder, Alphabet>();

function alphabetOf(collation: BsonDocument): Alphabet {
  const order = compileCollation(collation);
  const known = alphabets.get(order) ?? makeAlphabet(order);
  alphabets.set(order, known);
  return known;
}

/** Every character stands for the first one that it equals; one that does not count, for nothing. */
function makeAlphabet(order: StringOrder): Alphabet {
  const candidates = ["", ...PLAIN_CHARACTERS];
  const replacements = PLAIN_CHARACTERS.map(
    (one) => [one, candidates.find((other) => order(one, other) === 0) ?? one] as const,
  );
  return { replacements: new Map(replacements), isNumeric: order("2", "10") < 0 };
}
