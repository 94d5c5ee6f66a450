import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import type { Area } from "./areas.ts";
import { makeMutants } from "./makeMutants.ts";
import type { Mutant } from "./Mutant.ts";
import { MUTATORS } from "./mutators.ts";
import type { Options } from "./options.ts";
import { placesOfTypeErrors, withoutRefused } from "./refusedByTypes.ts";
import { sample } from "./sample.ts";
import { TestProcess } from "./TestProcess.ts";
import type { WorkingCopy } from "./WorkingCopy.ts";

/** Tests that take longer hang. */
const ROUND_LIMIT_MS = 900_000;

/** What it takes to try the tests of an area. */
interface Trial {
  readonly area: Area;
  readonly copy: WorkingCopy;
  readonly tests: TestProcess;
  readonly options: Options;
}

/** Tries the tests of an area on its mutants, and prints what became of each, and again those that nothing noticed. */
export async function tryArea(area: Area, copy: WorkingCopy, options: Options): Promise<void> {
  const tests = new TestProcess(copy.folder, area.patience);
  const stop = (): void => tests.stop();
  // Before the copy is removed, which they write to.
  process.prependListener("exit", stop);
  try {
    await tryAll({ area, copy, tests, options });
  } finally {
    process.off("exit", stop);
    stop();
  }
}

async function tryAll(trial: Trial): Promise<void> {
  const mutants = await chosenMutants(trial);
  if (!trial.options.isQuick) await expectPassing(trial, mutants);
  const survivors: Mutant[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const noticedBy = await noticed(trial, mutant);
    if (noticedBy === null) survivors.push(mutant);
    console.log(`${index + 1}/${mutants.length} ${lineOf(mutant)}: ${noticedBy ?? "SURVIVED"}`);
  }
  console.log(`\n${trial.area.name}: of ${mutants.length} mutants ${survivors.length} survived`);
  for (const mutant of survivors) console.log(lineOf(mutant));
}

async function chosenMutants({ area, copy, options }: Trial): Promise<readonly Mutant[]> {
  const files = readdirSync(join(copy.folder, area.folder)).map((name) => `${area.folder}/${name}`);
  const sources = files.filter((file) => file.includes(options.only));
  const all = sources.flatMap((file) => makeMutants(file, copy.read(file), MUTATORS));
  return sample(await withoutRefused(all, copy, area.project), options.count, options.seed);
}

/** What fails anyway would notice every mutant. A quick run trusts that nothing does. */
async function expectPassing(trial: Trial, mutants: readonly Mutant[]): Promise<void> {
  const names = mutants.flatMap((mutant) => roundsOf(trial, mutant).flat());
  const request = { file: "", tests: [...new Set(names)] };
  const failure = await trial.tests.failureIn(request, ROUND_LIMIT_MS);
  if (failure !== null) throw new Error(`Without any mutant a test fails: ${failure}`);
}

function roundsOf({ area, options }: Trial, { file }: Mutant): readonly (readonly string[])[] {
  const likely = area.likely(basename(file, ".ts"));
  return options.isQuick ? [likely] : [likely, area.others];
}

/** What noticed the mutant, or `null`. */
async function noticed(trial: Trial, mutant: Mutant): Promise<string | null> {
  const { area, copy, tests } = trial;
  const { file } = mutant;
  return copy.with([mutant], async () => {
    for (const round of roundsOf(trial, mutant)) {
      const failure = await tests.failureIn({ file, tests: round }, ROUND_LIMIT_MS);
      if (failure !== null) return failure;
    }
    return placesOfTypeErrors(copy.folder, area.project).size > 0 ? "(types)" : null;
  });
}

function lineOf({ file, line, before, after }: Mutant): string {
  return `${file}:${line} ${inOneLine(before)} → ${inOneLine(after) || "(nothing)"}`;
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
