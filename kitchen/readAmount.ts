import { type Amount, exactly } from "./Amount.ts";
import { NUMBER, readNumber } from "./readNumber.ts";

/** An amount at the beginning of a line, and what follows it. */
export interface LeadingAmount {
  readonly amount: Amount;
  readonly rest: string;
  /** Whether the rest follows without a space, as in `500g`. */
  readonly isGlued: boolean;
}

const FIGURES = new RegExp(
  `^(${NUMBER})(?:(\\s?[-–—]\\s?|\\s+(?:to|or|bis|oder)\\s+)(${NUMBER}))?(?![\\d/⁄.,]\\d)(.*)$`,
  "isu",
);

const WORDS: ReadonlyMap<string, number> = new Map([
  ["half a", 0.5],
  ["half an", 0.5],
  ["eine halbe", 0.5],
  ["einen halben", 0.5],
  ["ein halbes", 0.5],
  ["ein halber", 0.5],
  ["a", 1],
  ["an", 1],
  ["one", 1],
  ["ein", 1],
  ["eine", 1],
  ["einen", 1],
  ["two", 2],
  ["zwei", 2],
  ["three", 3],
  ["drei", 3],
  ["four", 4],
  ["vier", 4],
]);

const WORD = new RegExp(`^(${[...WORDS.keys()].join("|")})\\s+(.*)$`, "isu");

/** Reads the amount with which a line begins; `null` when it begins with none that can be read for certain. */
export function readAmount(line: string): LeadingAmount | null {
  const [, word, after] = WORD.exec(line) ?? [];
  if (word !== undefined && after !== undefined)
    return { amount: exactly(WORDS.get(word.toLowerCase()) ?? 1), rest: after, isGlued: false };
  const [, first, between, second, rest = ""] = FIGURES.exec(line) ?? [];
  const from = first === undefined ? null : readNumber(first);
  if (from === null) return null;
  const amount = second === undefined ? exactly(from) : readRange(from, between ?? "", readNumber(second));
  return amount && { amount, rest: rest.trimStart(), isGlued: /^\S/u.test(rest) };
}

function readRange(from: number, between: string, to: number | null): Amount | null {
  if (to === null) return null;
  // Some write 1-1/2 for one and a half.
  if (to < 1 && Number.isInteger(from) && between === "-") return exactly(from + to);
  return from < to ? { from, to } : null;
}
