import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { Mutant } from "./Mutant.ts";
import type { WorkingCopy } from "./WorkingCopy.ts";

/**
 * The mutants without those of texts that types refuse: where only certain texts may stand, whoever builds notices
 * another one. All are made at once, so it is known by the line only which of them does not compile.
 * @param project folder of the TypeScript project that checks the sources.
 */
export async function withoutRefused(
  mutants: readonly Mutant[],
  copy: WorkingCopy,
  project: string,
): Promise<readonly Mutant[]> {
  const ofText = mutants.filter(({ before }) => /^"[^"]*"$/.test(before));
  const refused = await copy.with(ofText, () => placesOfTypeErrors(copy.folder, project));
  return mutants.filter(
    (mutant) => !ofText.includes(mutant) || !refused.has(`${mutant.file}:${mutant.line}`),
  );
}

/** Where the sources of a project do not compile, as `file:line`. */
export function placesOfTypeErrors(folder: string, project: string): ReadonlySet<string> {
  const { stdout } = spawnSync(join(folder, "node_modules/.bin/tsc"), ["-p", project, "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  const errors = stdout.matchAll(/^(.+?)\((\d+),\d+\): error/gm);
  return new Set([...errors].map(([, file, line]) => `${file}:${line}`));
}
