/** One thing that a page describes in the words of schema.org: its properties by name, as the page has them. */
export type Node = Readonly<Record<string, unknown>>;

/** Whether a value is a thing with properties. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a thing is of a type, written as a word or as an address. */
export function isOfType(node: Node, type: string): boolean {
  return listOf(node["@type"]).some(
    (name) => typeof name === "string" && name.split(/[/#:]/).at(-1) === type,
  );
}

/** One, several or none: pages write all of them as they like. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
