import { fold } from "./findRecipes.ts";

/** True when a word of a text begins with what was typed: then that is most likely what is meant. */
export function hasWordStart(text: string, typed: string): boolean {
  const start = fold(typed.trim());
  return start !== "" && ` ${fold(text)}`.includes(` ${start}`);
}
