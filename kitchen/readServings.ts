const PEOPLE =
  "servings?|serves|people|persons?|portions?|portionen|personen|person|personnes|personas|porciones|persone|porzioni";

/** What is said to be for so many, with a noun or without. */
const FOR = new RegExp(
  `^(?:serves|servings|feeds|for|für|pour|portionen|personen)\\s*:?\\s*(\\d{1,4})(?:\\s*(?:${PEOPLE}))?\\.?$`,
  "iu",
);

/** What is said to make so many, which may be cookies. */
const MAKES = new RegExp(
  `^(?:(?:makes|yields?|ergibt|reicht für)\\s*:?\\s*)?(\\d{1,4})\\s*(?:${PEOPLE})\\.?$`,
  "iu",
);

const MOST = 1000;

/**
 * For how many people something is, as in “Serves 4”, “4 Portionen” or “(für 4 Personen)”. `null` for a range, and for
 * what counts no people.
 */
export function readServings(text: string): number | null {
  const plain = text.replaceAll(/^[\s(]+|[\s)]+$/g, "");
  const count = Number((FOR.exec(plain) ?? MAKES.exec(plain))?.[1] ?? 0);
  return count >= 1 && count <= MOST ? count : null;
}
