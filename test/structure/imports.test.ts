import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

type Permission = "yes" | "types";

/** Which folder may import which other one; its own is always allowed. */
const TABLE: Readonly<Record<string, Readonly<Record<string, Permission>>>> = {
  protocol: {},
  kitchen: {},
  worker: { protocol: "yes", kitchen: "yes", streams: "yes", planner: "types", "durable-objects": "types" },
  "durable-objects": { protocol: "yes", streams: "yes" },
  planner: { protocol: "yes", kitchen: "yes", streams: "yes", "durable-objects": "yes" },
  streams: { protocol: "yes" },
  reference: { protocol: "yes", streams: "yes", worker: "yes", "durable-objects": "types" },
  web: { protocol: "yes", kitchen: "yes" },
  "atlas-functions": { protocol: "types" },
  "local-atlas": { protocol: "yes", processes: "yes" },
  "trigger-runner": { protocol: "yes", processes: "yes" },
  generate: { protocol: "yes", streams: "yes" },
  launcher: { protocol: "yes", processes: "yes", generate: "yes", streams: "yes" },
  examples: { protocol: "yes", streams: "yes", worker: "yes", "durable-objects": "yes" },
  conformance: { "local-atlas": "yes" },
  processes: {},
};

/** The runtime finds the objects' classes in the Worker's entry; who calls the directory knows how it is divided. */
const EXCEPTIONS = new Set(["worker/index.ts", "worker/publishChanges.ts"]);

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** `import("…")` as code, as a type, or as a type in a comment. */
const CALL = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[jt]sx?$/.test(file))
    .map((file) => join(folder, file).replaceAll(sep, "/"));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const { module } = parseSync(file, text);
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    file,
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const exports = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ file, specifier: moduleRequest.value, typeOnly: isType }] : [],
    );
  const code = new Set(module.dynamicImports.map(({ start }) => start));
  const calls = [...text.matchAll(CALL)].map((match) => ({
    file,
    specifier: match[1] ?? "",
    typeOnly: !code.has(match.index),
  }));
  return [...imports, ...exports, ...calls];
}

/** The folder that a relative import leads to, or `null` for a package. */
function folderOf({ file, specifier }: Import): string | null {
  if (!specifier.startsWith(".")) return null;
  const target = relative(ROOT, resolve(ROOT, dirname(file), specifier)).replaceAll(sep, "/");
  return target.split("/")[0] ?? null;
}

function isAllowed(entry: Import): boolean {
  const [from = ""] = entry.file.split("/");
  const to = folderOf(entry);
  if (to === null || to === from) return true;
  const permission = TABLE[from]?.[to];
  if (permission === "types") return entry.typeOnly || EXCEPTIONS.has(entry.file);
  return permission === "yes";
}

describe.each(Object.keys(TABLE))("%s", (folder) => {
  const imports = sources(folder).flatMap(importsOf);

  test("imports nothing from a folder that it must not know", () => {
    expect(imports.filter((entry) => !isAllowed(entry))).toEqual([]);
  });

  test("names the file of each of its own imports", () => {
    const unnamed = imports.filter(({ specifier }) => specifier.startsWith(".") && !/\.\w+$/.test(specifier));
    expect(unnamed).toEqual([]);
  });
});

test("no file imports itself, by whatever way", () => {
  const graph = new Map<string, readonly string[]>();
  for (const entry of Object.keys(TABLE).flatMap(sources).flatMap(importsOf)) {
    const target = relative(ROOT, resolve(ROOT, dirname(entry.file), entry.specifier)).replaceAll(sep, "/");
    if (folderOf(entry) !== null) graph.set(entry.file, [...(graph.get(entry.file) ?? []), target]);
  }
  expect(circlesIn(graph)).toEqual([]);
});

/** One way round each circle of imports. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  function visit(file: string, way: readonly string[]): void {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" → "));
    if (way.includes(file) || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  }
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

test.each(["protocol", "kitchen"])("%s imports no package", (folder) => {
  const packages = sources(folder)
    .flatMap(importsOf)
    .filter((entry) => folderOf(entry) === null);
  expect(packages).toEqual([]);
});

test("the stream client is for any page: it knows neither Preact nor the rest of ours", () => {
  const foreign = sources("web/stream")
    .flatMap(importsOf)
    .filter((entry) => !isForAnyPage(entry));
  expect(foreign).toEqual([]);
});

function isForAnyPage(entry: Import): boolean {
  if (folderOf(entry) === null) return false;
  const target = resolve(ROOT, dirname(entry.file), entry.specifier);
  return [join(ROOT, "web/stream"), join(ROOT, "protocol")].some((home) =>
    target.startsWith(`${home}${sep}`),
  );
}
