import { isNode, listOf, type Node } from "./Node.ts";
import { plainLine, plainLines } from "./plainText.ts";

/** "Step 3", which tells nothing. */
const NUMBERED = /^(?:step|schritt)?\s*\d+[.:]?$/i;

/** How a recipe is cooked, a line per step: of a text, of steps, and of sections of steps, each under its name. */
export function stepsOf(instructions: unknown): readonly string[] {
  return listOf(instructions).flatMap((step) => {
    if (typeof step === "string") return plainLines(step);
    if (!isNode(step)) return [];
    return "itemListElement" in step ? sectionOf(step) : stepOf(step);
  });
}

function sectionOf(section: Node): readonly string[] {
  const name = nameOf(section);
  const heading = name === "" ? [] : [name.endsWith(":") ? name : `${name}:`];
  return [...heading, ...stepsOf(section["itemListElement"])];
}

/** Many pages repeat the beginning of a step as its name. */
function stepOf(step: Node): readonly string[] {
  const name = nameOf(step);
  const lines = stepsOf(step["text"] ?? step["description"]);
  const [first] = lines;
  if (first === undefined) return name === "" ? [] : [name];
  const isRepeated = first.toLowerCase().startsWith(name.replace(/\s*(?:…|\.{3})$/, "").toLowerCase());
  return isRepeated ? lines : [`${name}: ${first}`, ...lines.slice(1)];
}

function nameOf(step: Node): string {
  const [name] = listOf(step["name"]);
  const text = typeof name === "string" ? plainLine(name) : "";
  return NUMBERED.test(text) ? "" : text;
}
