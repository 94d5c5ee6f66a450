import { record, text, textOrNull } from "../api/reading.ts";

/** What the tabs of an account tell each other about its edits. */
export type EditMessage =
  /** The device's edits are others than before. */
  | { readonly kind: "changed" }
  /** The server may be there again. */
  | { readonly kind: "wake" }
  /** The server has saved one, in its document of this `updatedAt`; `null` when there is none any more. */
  | { readonly kind: "saved"; readonly key: string; readonly as: string | null };

/** Reads a message; a tab with another version of the page may have sent it. */
export function readEditMessage(value: unknown): EditMessage | null {
  const message = record(value);
  const { kind } = message;
  if (kind === "changed" || kind === "wake") return { kind };
  return kind === "saved" ? { kind, key: text(message["key"]), as: textOrNull(message["as"]) } : null;
}
