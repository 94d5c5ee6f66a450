import { type Document, ObjectId } from "mongodb";

import type { ActivityKind } from "../protocol/activity.ts";
import { sameValue } from "../protocol/sameValue.ts";
import type { WireDocument, WireValue } from "../protocol/wireJson.ts";
import type { Edit } from "./Edit.ts";
import { entryOf, wireOf } from "./wire.ts";

/** What became of a dish by an edit, as people are told of it. Values are those of the wire, and short. */
export interface ActivityLine {
  readonly kind: ActivityKind;
  readonly entryId: string;
  readonly title: string;
  readonly before: WireDocument | null;
  readonly after: WireDocument | null;
  /** Names of the fields of which there is only a part. */
  readonly cut: readonly string[];
}

/** A plan holds fifty of these beside its dishes, and travels whole with each change. */
const LONGEST_TEXT = 200;

const PLACE: ReadonlySet<string> = new Set(["day", "meal"]);

/** The line of a dish that came or went. */
export function lineOfWhole(kind: "added" | "removed", entryId: string, entry: Document): ActivityLine {
  const whole = { _id: entryId, ...entryOf(entry) };
  const [before, after] = kind === "added" ? [null, whole] : [whole, null];
  return {
    kind,
    entryId,
    title: short(whole.title),
    before: brief(before),
    after: brief(after),
    cut: cutOf(whole),
  };
}

/** The line of a dish of which some fields changed: what is as it was before is left out. */
export function lineOfChange(entryId: string, entry: Document, fields: Document): ActivityLine {
  const [held, wanted]: readonly WireDocument[] = [{ ...entryOf(entry) }, wireOf(fields)];
  const names = Object.keys(wanted ?? {}).filter((name) => !sameValue(held?.[name], wanted?.[name]));
  const [before, after] = [pick(held, names), pick(wanted, names)];
  const isMove = names.length > 0 && names.every((name) => PLACE.has(name));
  const title = entryOf({ ...entry, ...fields }).title;
  return {
    kind: isMove ? "moved" : "changed",
    entryId,
    title: short(title),
    before: brief(before),
    after: brief(after),
    cut: [...new Set([...cutOf(before), ...cutOf(after)])],
  };
}

/** The line as a plan stores it. */
export function storedLine(line: ActivityLine, { key, at, userId }: Edit): Document {
  return { _id: key ?? new ObjectId().toHexString(), at, by: new ObjectId(userId), ...line };
}

/** Text of a dish as it is repeated elsewhere on its plan. */
export function short(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1).toWellFormed()}…` : text;
}

function brief(fields: WireDocument | null): WireDocument | null {
  return (
    fields && Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shortValue(value)]))
  );
}

function shortValue(value: WireValue): WireValue {
  return typeof value === "string" ? short(value) : value;
}

function cutOf(fields: WireDocument): readonly string[] {
  return Object.keys(fields).filter((name) => fields[name] !== shortValue(fields[name] ?? null));
}

function pick(fields: WireDocument | undefined, names: readonly string[]): WireDocument {
  return Object.fromEntries(names.map((name) => [name, fields?.[name] ?? null]));
}
