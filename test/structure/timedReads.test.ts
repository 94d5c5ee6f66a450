import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDERS = ["planner", "durable-objects/database"];
const READS = new Set(["find", "findOne", "countDocuments", "distinct", "aggregate", "runCursorCommand"]);

interface Call {
  readonly start: number;
  readonly end: number;
  readonly callee: { readonly type: string; readonly property?: { readonly name?: string } };
  readonly arguments: readonly { readonly type: string }[];
}

/** Every call in a piece of a syntax tree. */
function callsIn(node: unknown): readonly Call[] {
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.values(node).flatMap(callsIn);
  return "type" in node && node.type === "CallExpression" ? [node as unknown as Call, ...inner] : inner;
}

/** Lists have a `find` as well, which takes a function. */
function isRead({ callee, arguments: [first] }: Call): boolean {
  if (callee.type !== "MemberExpression" || !READS.has(callee.property?.name ?? "")) return false;
  return first !== undefined && !/Function/.test(first.type);
}

function readsIn(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const reads = callsIn(parseSync(file, text).program).filter(isRead);
  return reads.map(({ start, end }) => `${file}: ${text.slice(start, end)}`);
}

const reads = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder)).flatMap((name) => readsIn(join(folder, name))),
);

test("every read of the database says how long it may take, so that none keeps a connection from others", () => {
  expect(reads.length).toBeGreaterThan(30);
  expect(reads.filter((read) => !read.includes("TIMED"))).toEqual([]);
});
