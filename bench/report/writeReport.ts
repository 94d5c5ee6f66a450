import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "../servers/root.ts";
import { charts } from "./charts.ts";
import { costReport } from "./costReport.ts";
import type { Results } from "./Results.ts";
import { resultsPage } from "./resultsPage.ts";

const run = promisify(execFile);

const FOLDER = join(ROOT, "docs/bench");
const RESULTS = join(FOLDER, "results.json");

/** Puts new figures in the place of the old ones of the same benches and writes everything under `docs/`. */
export async function writeReport(fresh: Results): Promise<void> {
  const results = { ...(await readResults()), ...fresh };
  await mkdir(FOLDER, { recursive: true });
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(FOLDER, "results.md"), resultsPage(results));
  for (const [name, svg] of Object.entries(charts(results))) await writeFile(join(FOLDER, name), svg);
  if (results.cost) await writeFormatted(join(ROOT, "docs/cost.md"), costReport(results.cost));
}

/** This page is among those that `npm run check` wants formatted. */
async function writeFormatted(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await run(join(ROOT, "node_modules/.bin/oxfmt"), [path], { cwd: ROOT });
}

async function readResults(): Promise<Results> {
  try {
    return JSON.parse(await readFile(RESULTS, "utf8")) as Results;
  } catch {
    // The first run.
    return {};
  }
}
