import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The folder that is deployed. */
export const DEPLOYED = fileURLToPath(new URL("../../atlas-functions", import.meta.url));
export const TRIGGER = "triggers/publish-mealplans.json";
const FUNCTION = "functions/publishChange.js";

type Json = Record<string, unknown>;

/** A folder that is there until the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "mealcast-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A copy of the deployed app with one file changed, and no trigger but that of the meal plans. */
export async function appWith(file: string, change: (json: Json) => unknown): Promise<string> {
  const directory = await temporaryFolder();
  await cp(DEPLOYED, directory, { recursive: true, filter: isOfMealPlans });
  const json = JSON.parse(await readFile(join(directory, file), "utf8")) as Json;
  await writeFile(join(directory, file), JSON.stringify(change(json)));
  return directory;
}

function isOfMealPlans(path: string): boolean {
  return dirname(path) !== join(DEPLOYED, "triggers") || path === join(DEPLOYED, TRIGGER);
}

/** Changes settings of a trigger. */
export function withConfig(more: Json): (trigger: Json) => unknown {
  return (trigger) => ({ ...trigger, config: { ...(trigger["config"] as object), ...more } });
}

/** A copy of the deployed app whose function has another body; its argument is `event`. */
export async function appRunning(body: string, config: Json = {}): Promise<string> {
  const directory = await appWith(TRIGGER, withConfig(config));
  await writeFile(join(directory, FUNCTION), `exports = async function (event) {\n${body}\n};`);
  return directory;
}
