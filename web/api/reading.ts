/**
 * Readers for what comes over the wire. The database may hold what somebody typed by hand, so they never fail: what is
 * missing or odd becomes something that can be shown.
 */
type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; none for anything else. */
export function record(value: unknown): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};
}

/** A list's values; none for anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text as it is, a number or a truth value in its words, nothing for anything else. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Text, or `null` where there is none. */
export function textOrNull(value: unknown): string | null {
  return text(value) || null;
}

/** A finite number, also when it was typed as text; `null` for anything else. */
export function numberOrNull(value: unknown): number | null {
  const typed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof typed === "number" && Number.isFinite(typed) ? typed : null;
}
