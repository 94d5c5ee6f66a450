/** One small change of one source file, made to see whether a test notices. */
export interface Mutant {
  /** Path from the root of the tree. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Offsets of what is replaced, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/** The source with mutants made in it, which must not overlap. */
export function mutated(text: string, mutants: readonly Mutant[]): string {
  const lastFirst = mutants.toSorted((a, b) => b.start - a.start);
  return lastFirst.reduce(
    (result, { start, end, after }) => result.slice(0, start) + after + result.slice(end),
    text,
  );
}
