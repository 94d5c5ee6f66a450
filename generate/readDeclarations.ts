import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { DeclarationError } from "../streams/declare/DeclarationError.ts";
import type { Stream } from "../streams/declare/Stream.ts";

/** A file that declares a stream. */
export interface Declaration {
  /** Its name without `.ts`, which is also the stream's. */
  readonly file: string;
  /** What the file exports the stream as. */
  readonly exportName: string;
  readonly stream: Stream;
}

/** Files beside declarations that wire them. */
const WIRING: ReadonlySet<string> = new Set(["index.ts", "worker.ts"]);

/**
 * Reads each declaration in a folder, by the name of its file.
 * @param root of the project, absolute.
 * @param folder relative to it.
 * @throws DeclarationError for one that makes no sense.
 */
export async function readDeclarations(root: string, folder: string): Promise<readonly Declaration[]> {
  try {
    return await readAll(join(root, folder));
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    throw new DeclarationError(error.stream, error.sentence, folder);
  }
}

async function readAll(folder: string): Promise<readonly Declaration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts") && !WIRING.has(file));
  const declarations = await Promise.all(files.toSorted().map((file) => readDeclaration(folder, file)));
  for (const [index, { file, exportName }] of declarations.entries()) {
    const earlier = declarations.slice(0, index).find((other) => other.exportName === exportName);
    if (earlier) throw new DeclarationError(file, `${earlier.file}.ts exports a "${exportName}" as well`);
  }
  return declarations;
}

async function readDeclaration(folder: string, fileName: string): Promise<Declaration> {
  const file = fileName.slice(0, -".ts".length);
  const module: object = await import(pathToFileURL(join(folder, fileName)).href);
  const found = Object.entries(module).filter((entry): entry is [string, Stream] => isStream(entry[1]));
  const [only, another] = found;
  if (!only || another)
    throw new DeclarationError(file, `it exports ${found.length} streams; a file declares one`);
  const [exportName, stream] = only;
  if (stream.name !== file)
    throw new DeclarationError(file, `name: "${stream.name}" is not the name of the file`);
  return { file, exportName, stream };
}

function isStream(value: unknown): value is Stream {
  return typeof value === "object" && value !== null && "topic" in value && "readers" in value;
}
