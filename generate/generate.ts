import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { format } from "oxfmt";

import type { GeneratedFile } from "./GeneratedFile.ts";
import { readDeclarations } from "./readDeclarations.ts";
import { streamIndex } from "./streamIndex.ts";
import { withStreamTable } from "./streamTable.ts";
import { triggerFiles } from "./triggerFiles.ts";

const DATABASE = "mealcast";
const PAGE = "docs/other-collections.md";

/**
 * Writes what follows from the declarations in `streams/`, or only looks.
 * @param root of the project, absolute.
 * @returns the files that were not as they have to be.
 * @throws DeclarationError
 */
export async function generate(root: string, { writes }: { readonly writes: boolean }): Promise<string[]> {
  const declarations = await readDeclarations(root, "streams");
  const streams = declarations.map(({ stream }) => stream);
  const page = await readFile(join(root, PAGE), "utf8");
  const files: readonly GeneratedFile[] = [
    { path: "streams/index.ts", text: streamIndex(declarations) },
    { path: PAGE, text: withStreamTable(page, streams) },
    ...(await triggerFiles(root, streams, DATABASE)),
  ];
  const options = JSON.parse(await readFile(join(root, ".oxfmtrc.json"), "utf8")) as { printWidth: number };
  const wrong: string[] = [];
  for (const { path, text } of files) {
    const wanted = text && (await format(path, text, { printWidth: options.printWidth })).code;
    if (wanted === (await readFile(join(root, path), "utf8").catch(() => null))) continue;
    wrong.push(path);
    if (writes) await put(join(root, path), wanted);
  }
  return wrong;
}

async function put(path: string, text: string | null): Promise<void> {
  if (text === null) return rm(path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
