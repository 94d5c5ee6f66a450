import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Chunk {
  readonly type: "chunk";
  readonly code: string;
  readonly facadeModuleId: string | null;
  /** File names, of what must be there before it runs. */
  readonly imports: readonly string[];
}

type Bundle = Readonly<Record<string, { readonly type: "asset" } | Chunk>>;

/**
 * Fails the build when the script that a page needs before it shows anything is too large.
 * @param page its HTML, as in `index.html`.
 * @param limit bytes, each file compressed by gzip.
 */
export function limitFirstLoad(page: string, limit: number): Plugin {
  return {
    name: "limit-first-load",
    generateBundle(_, bundle: Bundle) {
      const size = firstLoadOf(page, bundle);
      const words = `${page} needs ${kilobytes(size)} of script at first; the limit is ${kilobytes(limit)}`;
      if (size > limit) this.error(`${words}. Load something lazily.`);
      this.info(words);
    },
  };
}

function firstLoadOf(page: string, bundle: Bundle): number {
  const entry = Object.keys(bundle).find((file) =>
    chunkOf(file, bundle)?.facadeModuleId?.endsWith(`/${page}`),
  );
  if (entry === undefined) throw new RangeError(`Nothing is built for ${page}`);
  const files = new Set<string>();
  collect(entry, bundle, files);
  return [...files].reduce((sum, file) => sum + gzipSync(chunkOf(file, bundle)?.code ?? "").length, 0);
}

function collect(file: string, bundle: Bundle, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  for (const next of chunkOf(file, bundle)?.imports ?? []) collect(next, bundle, files);
}

function chunkOf(file: string, bundle: Bundle): Chunk | null {
  const built = bundle[file];
  return built?.type === "chunk" ? built : null;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
