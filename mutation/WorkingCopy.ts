import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Mutant, mutated } from "./Mutant.ts";

/** A copy of the tree in a temporary folder, as git sees it, with what is not committed yet: mutants are made only there. */
export class WorkingCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "mutation-"));

  constructor(root: string) {
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    const files = listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
    for (const file of files) cpSync(join(root, file), join(this.folder, file));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Makes the mutants, runs the job, and takes them back. */
  async with<T>(mutants: readonly Mutant[], job: () => Promise<T> | T): Promise<T> {
    const files = Object.entries(Object.groupBy(mutants, ({ file }) => file));
    const texts = files.map(([file]) => this.read(file));
    for (const [index, [file, own = []]] of files.entries())
      this.#write(file, mutated(texts[index] ?? "", own));
    try {
      return await job();
    } finally {
      for (const [index, [file]] of files.entries()) this.#write(file, texts[index] ?? "");
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }
}
