import type { Steps } from "./Steps.ts";

const RUN = 512;

/** Sorts stably, stopping now and then. */
export function* sortInSteps<T>(items: readonly T[], compare: (left: T, right: T) => number): Steps<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).toSorted(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): Steps<T[]> {
  const merged: T[] = [];
  let [at, other] = [0, 0];
  for (const total = left.length + right.length; merged.length < total;) {
    const [a, b] = [left[at], right[other]];
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      merged.push(a as T);
      at++;
    } else {
      merged.push(b);
      other++;
    }
    if (merged.length % RUN === 0) yield;
  }
  return merged;
}
