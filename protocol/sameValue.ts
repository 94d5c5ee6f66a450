/** Whether two JSON values mean the same to a person. Text is compared as the API stores it: composed (NFC) and trimmed. */
export function sameValue(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

/** One text for all JSON values that mean the same. */
export function textOf(value: unknown): string {
  return JSON.stringify(tidy(value));
}

function tidy(value: unknown): unknown {
  if (typeof value === "string") return value.normalize("NFC").trim();
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(tidy);
  const fields = Object.entries(value).map(([name, inner]) => [name, tidy(inner)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
