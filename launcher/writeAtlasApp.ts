import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stream } from "../streams/declare/Stream.ts";
import { triggersFor } from "../streams/declare/trigger.ts";

/** What every app has from `atlas-functions/`. */
const SHARED = ["functions", "values", "data_sources"];

/**
 * Writes an app in the layout that Atlas exports: our functions, with the triggers that some streams need.
 * @param root of the project, absolute.
 * @param folder is made anew. Resolves with it.
 */
export async function writeAtlasApp(
  root: string,
  folder: string,
  streams: readonly Stream[],
  database: string,
): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  for (const part of SHARED)
    await cp(join(root, "atlas-functions", part), join(folder, part), { recursive: true });
  await mkdir(join(folder, "triggers"));
  for (const trigger of triggersFor(streams, database)) {
    await writeFile(join(folder, "triggers", `${trigger.name}.json`), JSON.stringify(trigger, null, 2));
  }
  return folder;
}
