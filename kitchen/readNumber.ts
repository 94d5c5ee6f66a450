/** A number as cooks write it: `2`, `1.5`, `1,5`, `1/2`, `1 1/2`, `½`, `1½`. The source of a regular expression. */
export const NUMBER =
  "(?:(?:\\d+\\s+)?\\d+\\s?[/⁄]\\s?\\d+|(?:\\d+\\s?)?[\\u00bc-\\u00be\\u2150-\\u215e]|\\d+(?:[.,]\\d+)?|[.,]\\d+)";

/** `1,500` and `1.500` are fifteen hundred to one reader and one and a half to the other. */
const AMBIGUOUS = /^[1-9]\d*[.,]\d{3}$/;

const MOST = 1_000_000;

/** Reads what fits `NUMBER`; `null` for what has two meanings, or none in a kitchen. */
export function readNumber(text: string): number | null {
  if (AMBIGUOUS.test(text)) return null;
  const quantity = /[/⁄\u00bc-\u215e]/.test(text) ? readFraction(text) : Number(text.replace(",", "."));
  return quantity > 0 && quantity <= MOST ? quantity : null;
}

function readFraction(text: string): number {
  // The space first: NFKC would make 11⁄2 of 1½.
  const plain = text.replace(/[\u00bc-\u00be\u2150-\u215e]/, (sign) => ` ${sign}`).normalize("NFKC");
  const [over = "", under = ""] = plain.trim().split(/\s*[/⁄]\s*/);
  const parts = over.split(/\s+/).map(Number);
  return (parts.length > 1 ? (parts[0] ?? 0) : 0) + (parts.at(-1) ?? 0) / Number(under);
}
