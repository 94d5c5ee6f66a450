import type { Document } from "mongodb";

import type { ChangeText } from "../protocol/change.ts";
import type { ShoppingLine } from "../protocol/shoppingList.ts";
import type { Version } from "../protocol/version.ts";
import { lineOf } from "./lineOf.ts";
import { changesTo } from "./wire.ts";

/** A line of a list after a write, and what is to be published. */
export interface WrittenLine {
  readonly line: ShoppingLine;
  readonly changes: readonly ChangeText[];
}

/** What a write answers. @param version of the write, `null` when it is not known for certain. */
export function writtenLine(document: Document, version: Version | null, at: Date): WrittenLine {
  return { line: lineOf(document), changes: changesTo("lists", [document], version, at.getTime()) };
}
