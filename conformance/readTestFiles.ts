import { BSON } from "mongodb";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { type TestFile, testFileSchema } from "./testFile.ts";

/** One file as it was read: a test file, or why it is none. */
export type ReadFile =
  | { readonly name: string; readonly file: TestFile }
  | { readonly name: string; readonly problem: string };

/** The newest version of the format that this runner knows. */
const KNOWN_VERSION = [1, 28] as const;

/** Reads every JSON file below a folder, or the one file, in the order of their names. Throws when there is no such path. */
export function readTestFiles(path: string): readonly ReadFile[] {
  if (!statSync(path).isDirectory()) return [readTestFile(path, path)];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => readTestFile(relative(path, join(path, name)), join(path, name)));
}

function readTestFile(name: string, path: string): ReadFile {
  try {
    const content: unknown = BSON.EJSON.parse(readFileSync(path, "utf8"), { relaxed: true });
    const file = testFileSchema.safeParse(content);
    if (!file.success) return { name, problem: `not of the format: ${z.prettifyError(file.error)}` };
    const problem = versionProblem(file.data.schemaVersion);
    return problem === null ? { name, file: file.data } : { name, problem };
  } catch (error) {
    return { name, problem: `not readable: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function versionProblem(schemaVersion: string): string | null {
  const [major = 0, minor = 0] = schemaVersion.split(".").map(Number);
  if (major === KNOWN_VERSION[0] && minor <= KNOWN_VERSION[1]) return null;
  return `version ${schemaVersion} of the format is not known`;
}
