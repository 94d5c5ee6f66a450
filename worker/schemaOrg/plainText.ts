import { Parser } from "htmlparser2";

import { startsLine } from "./startsLine.ts";

/** Text of a page, in which people leave tags and entities, as lines of plain text. Empty ones are left out. */
export function plainLines(text: string): readonly string[] {
  const pieces: string[] = [];
  const parser = new Parser({
    ontext: (piece) => pieces.push(piece),
    onopentag: (name) => startsLine(name) && pieces.push("\n"),
    onclosetag: (name) => startsLine(name) && pieces.push("\n"),
  });
  parser.end(text);
  return pieces
    .join("")
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter(Boolean);
}

/** The same as one line. */
export function plainLine(text: string): string {
  return plainLines(text).join(" ");
}
