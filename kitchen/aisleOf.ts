import { AISLES, OTHER_AISLE } from "./aisles.ts";
import { nameKey, wordsOf } from "./nameKey.ts";

/** German names end with what they are, as Vollkornmehl does; but Reis is no kind of Eis. */
const SHORTEST_END = 4;

const AISLE_BY_PHRASE: ReadonlyMap<string, string> = new Map(
  Object.entries(AISLES).flatMap(([aisle, phrases]) =>
    phrases.split(", ").map((phrase) => [wordsOf(phrase).join(" "), aisle] as const),
  ),
);

const LONGEST_PHRASE = Math.max(...[...AISLE_BY_PHRASE.keys()].map((phrase) => phrase.split(" ").length));

const ENDS = [...AISLE_BY_PHRASE.keys()]
  .filter((phrase) => !phrase.includes(" ") && phrase.length >= SHORTEST_END)
  .toSorted((one, other) => other.length - one.length);

/**
 * The aisle in which a thing is likely to be: where the household has put what is named so, or by the table. What a name
 * says last is what it is: chicken stock is stock.
 * @param corrections by `nameKey`.
 */
export function aisleOf(name: string, corrections: ReadonlyMap<string, string>): string {
  const key = nameKey(name);
  const corrected = corrections.get(key);
  if (corrected !== undefined) return corrected;
  const words = key.split(" ");
  return aisleOfPhrases(words) ?? aisleOfEnds(words) ?? OTHER_AISLE;
}

function aisleOfPhrases(words: readonly string[]): string | null {
  for (let end = words.length; end > 0; end--) {
    for (let start = Math.max(0, end - LONGEST_PHRASE); start < end; start++) {
      const aisle = AISLE_BY_PHRASE.get(words.slice(start, end).join(" "));
      if (aisle !== undefined) return aisle;
    }
  }
  return null;
}

function aisleOfEnds(words: readonly string[]): string | null {
  for (const word of words.toReversed()) {
    const end = ENDS.find((phrase) => word.endsWith(phrase));
    if (end !== undefined) return AISLE_BY_PHRASE.get(end) ?? null;
  }
  return null;
}
