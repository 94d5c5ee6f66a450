/** What is done to it in the kitchen, and nobody needs to know in the shop. */
const PREPARED =
  /,\s*(?:(?:very|finely|roughly|thinly|freshly|coarsely|lightly|well|fein|grob|frisch|klein|dünn)\s+)*(?:chopped|diced|sliced|grated|minced|crushed|sifted|peeled|melted|softened|beaten|halved|quartered|cubed|shredded|drained|rinsed|washed|trimmed|toasted|torn|mashed|zested|juiced|gehackt|gewürfelt|geschnitten|gerieben|geschält|geschmolzen|gesiebt|gepresst|verquirlt|halbiert|geviertelt|abgetropft|gewaschen|zerdrückt)(?![\p{L}]).*$/iu;

/** The name of an ingredient as it is bought: `onions` of `onions, finely chopped`. */
export function shopName(name: string): string {
  return name.replace(PREPARED, "").trim() || name;
}

/** A name by which the same things are found, in the singular or plural, in English or German, however they are spelled. */
export function nameKey(name: string): string {
  return wordsOf(shopName(name)).join(" ");
}

/** The words of a name, each in the form in which it is compared. */
export function wordsOf(name: string): readonly string[] {
  const words = name
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? [name.trim().toLowerCase()]).map(singular);
}

/** Only to compare: it need not be a word. */
function singular(word: string): string {
  if (word === "eier") return "ei";
  if (word.length < 4) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:oes|shes|ches|xes)$/u.test(word)) return word.slice(0, -2);
  // Not Reis, nor Eis.
  if (/(?:[^sui]|[^e]i)s$/u.test(word)) return word.slice(0, -1);
  // Zwiebeln, Tomaten, Möhren.
  return word.length > 5 && /[elr]n$/u.test(word) ? word.slice(0, -1) : word;
}
