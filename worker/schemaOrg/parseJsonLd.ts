import { isTooDeep } from "../jsonDepth.ts";

/** More than any recipe; beyond it nobody looks. */
const MOST_CHARACTERS = 1_000_000;

/** The value of a script, in a list; none when it is no JSON. Line breaks within strings, a common mistake, are mended. */
export function parseJsonLd(script: string): readonly unknown[] {
  const text = script.trim();
  if (text.length > MOST_CHARACTERS || isTooDeep(text)) return [];
  return parsed(text) ?? parsed(text.replaceAll(/\p{Cc}+/gu, " ")) ?? [];
}

function parsed(text: string): readonly unknown[] | null {
  try {
    return [JSON.parse(text) as unknown];
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
