import { hunksOf } from "../../protocol/hunks.ts";

/** A stretch of a text, and whether another text has it too. */
export interface TextPart {
  readonly text: string;
  readonly differs: boolean;
}

/** A text word by word: what of it is not in the other one. */
export function markDifferences(text: string, other: string): readonly TextPart[] {
  const [words, others] = [wordsOf(text), wordsOf(other)];
  const parts: TextPart[] = [];
  let at = 0;
  for (const { from, to } of hunksOf(words, others, (word) => word)) {
    parts.push(partOf(words.slice(at, from), false), partOf(words.slice(from, to), true));
    at = to;
  }
  return [...parts, partOf(words.slice(at), false)].filter((part) => part.text !== "");
}

function wordsOf(text: string): readonly string[] {
  return text.split(/(?<=\s)(?=\S)/);
}

function partOf(words: readonly string[], differs: boolean): TextPart {
  return { text: words.join(""), differs };
}
