import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

const tokenSchema = z.looseObject({ _data: z.string() });

/** A change stream's place, as the driver takes it back. */
export type ResumeToken = z.output<typeof tokenSchema>;

/** Keeps the latest resume token of one trigger on disk. A crash leaves the old one or the new one, never a half. */
export class TokenFile {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  #next: ResumeToken | undefined;
  #writing: Promise<void> | undefined;

  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /** The token, or `undefined` when there is none yet. @throws when the file is there but can't be used. */
  async read(): Promise<ResumeToken | undefined> {
    const text = await readFile(this.#path, "utf8").catch(ignoreMissing);
    return text === undefined ? undefined : tokenSchema.parse(JSON.parse(text));
  }

  /** Keeps a token soon; one that is overtaken by a later one is never written. */
  save(token: ResumeToken): void {
    this.#next = token;
    this.#writing ??= this.#drain();
  }

  /** Resolves when every saved token is on disk. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#next) {
      const token = this.#next;
      this.#next = undefined;
      await this.#write(JSON.stringify(token)).catch(this.#onError);
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    const directory = dirname(this.#path);
    const temporary = `${this.#path}.new`;
    await mkdir(directory, { recursive: true });
    await writeSynced(temporary, text);
    await rename(temporary, this.#path);
    await syncDirectory(directory);
  }
}

/** The file of a trigger's token. */
export function tokenPath(stateDirectory: string, trigger: string): string {
  return join(stateDirectory, `${trigger}.token.json`);
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is durable only when its directory is. Windows has no such call, and needs none. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
