import { contentHash } from "../../protocol/contentHash.ts";

const COLOURS = 8;

/** A person as a circle with initials; the same person has the same colour everywhere. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }) {
  const colour = Number.parseInt(contentHash(id).slice(-6), 16) % COLOURS;
  return (
    <span class={`avatar avatar-${colour}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** The first two letters, not first and last name: a household's people often share the last one. */
function initials(name: string): string {
  return [...name.trim()].slice(0, 2).join("") || "?";
}
