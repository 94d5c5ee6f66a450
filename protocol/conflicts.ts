import { sameValue } from "./sameValue.ts";
import type { WireDocument } from "./wireJson.ts";

/**
 * The fields that somebody else has changed since a person saw them, to something other than this person wants.
 * @param seen what the person saw in some of the fields. The others are overwritten, whatever they hold.
 */
export function conflictsOf(
  stored: WireDocument,
  seen: WireDocument,
  wanted: WireDocument,
): readonly string[] {
  return Object.keys(seen).filter((name) => {
    const held = valueOf(stored, name);
    return !sameValue(held, valueOf(seen, name)) && !sameValue(held, valueOf(wanted, name));
  });
}

function valueOf(document: WireDocument, name: string) {
  return Object.hasOwn(document, name) ? (document[name] ?? null) : null;
}
