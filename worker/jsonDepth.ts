/** Deeper than anything that we take: MongoDB stores a hundred levels, and Extended JSON writes some of them twice. */
const MOST_LEVELS = 250;

/** Whether JSON text nests its lists and objects deeper than whoever reads it can follow. It need not be valid. */
export function isTooDeep(text: string): boolean {
  let level = 0;
  // A string, with its escapes, is passed over in one step.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") level++;
    if (token === "]" || token === "}") level--;
    if (level > MOST_LEVELS) return true;
  }
  return false;
}
