import { readdir } from "node:fs/promises";
import { join } from "node:path";

import type { Stream } from "../streams/declare/Stream.ts";
import { TRIGGER_PREFIX, triggersFor } from "../streams/declare/trigger.ts";
import type { GeneratedFile } from "./GeneratedFile.ts";

const FOLDER = "atlas-functions/triggers";

/** The files of the triggers, and those of ours that no stream needs any more. */
export async function triggerFiles(
  root: string,
  streams: readonly Stream[],
  database: string,
): Promise<readonly GeneratedFile[]> {
  const needed = triggersFor(streams, database).map((trigger) => ({
    path: `${FOLDER}/${trigger.name}.json`,
    text: JSON.stringify(trigger, null, 2),
  }));
  const paths = new Set(needed.map(({ path }) => path));
  const names = await readdir(join(root, FOLDER)).catch(() => []);
  const ours = names.filter((name) => name.startsWith(TRIGGER_PREFIX)).map((name) => `${FOLDER}/${name}`);
  return [...needed, ...ours.filter((path) => !paths.has(path)).map((path) => ({ path, text: null }))];
}
