import { contentHash } from "../../protocol/contentHash.ts";

const COLOURS = 6;

/** A person as a circle with initials; the same person has the same colour everywhere. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }) {
  const colour = Number.parseInt(contentHash(id).slice(-6), 16) % COLOURS;
  return (
    <span class={`avatar avatar-${colour}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}
