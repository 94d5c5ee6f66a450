import { isNode, isOfType, type Node } from "./Node.ts";
import type { Described } from "./PageReader.ts";

/** The recipe that a page is about, if it tells of one: the first that says how it is cooked, or of what. */
export function findRecipe({ scripts, items }: Described): Node | null {
  const things = nodesIn(scripts);
  const byId = new Map(things.filter(isWhole).map((node) => [node["@id"], node]));
  const recipes = [...things.filter((node) => isOfType(node, "Recipe")), ...items];
  const best = recipes.find((node) => "recipeIngredient" in node) ?? recipes.find(hasText) ?? recipes[0];
  return best ? resolved(best, byId) : null;
}

/** All things in a value, those that are parts of others too. */
function nodesIn(value: unknown): readonly Node[] {
  const found: Node[] = [];
  const left = [value];
  for (let next = left.pop(); left.length > 0 || next !== undefined; next = left.pop()) {
    if (isNode(next)) found.push(next);
    const parts: readonly unknown[] = typeof next === "object" && next !== null ? Object.values(next) : [];
    // One by one: a list may have more than a call takes.
    for (const part of parts.toReversed()) left.push(part);
  }
  return found;
}

function hasText(node: Node): boolean {
  return "recipeInstructions" in node || "ingredients" in node;
}

/** Pages name a thing by its `@id` where they have told of it elsewhere. */
function isReference(value: unknown): value is Node {
  return isNode(value) && typeof value["@id"] === "string" && Object.keys(value).length === 1;
}

function isWhole(node: Node): boolean {
  return typeof node["@id"] === "string" && !isReference(node);
}

function resolved(recipe: Node, byId: ReadonlyMap<unknown, Node>): Node {
  const entries = Object.entries(recipe).map(([name, value]) => [
    name,
    isReference(value) ? (byId.get(value["@id"]) ?? value) : value,
  ]);
  return Object.fromEntries(entries) as Node;
}
