import type { Mutant } from "./Mutant.ts";

/** Chooses mutants, always the same for a seed, spread over the files: one of each, then another of each. */
export function sample(mutants: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const random = seededRandom(seed);
  const byFile = Object.values(Object.groupBy(mutants, ({ file }) => file)).map((own = []) => {
    const dice = new Map(own.map((mutant) => [mutant, random()]));
    return own.toSorted((a, b) => (dice.get(a) ?? 0) - (dice.get(b) ?? 0));
  });
  const most = Math.max(0, ...byFile.map((own) => own.length));
  const rounds = Array.from({ length: most }, (_, round) => byFile.flatMap((own) => own[round] ?? []));
  return rounds.flat().slice(0, count);
}

/** Numbers from 0 up to 1: a linear congruential generator with the constants of Numerical Recipes. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
