import { fieldsOf } from "./compileFilter.ts";
import type { ReaderRule, Stream } from "./Stream.ts";

/** A field that a part of a declaration looks at, dotted. */
export type UsedField = readonly [part: "topic" | "where" | "readers", field: string];

/** The fields by which it is told whether a document belongs, to which topic, and who may read it. */
export function usedFields({ topic, where, readers }: Stream): readonly UsedField[] {
  return [
    ...(topic.by === "field" ? [["topic", topic.field] as const] : []),
    ...fieldsOf(where ?? {}).map((field) => ["where", field] as const),
    ...readers.filter(readsField).map(({ field }) => ["readers", field] as const),
  ];
}

function readsField(rule: ReaderRule): rule is Extract<ReaderRule, { field: string }> {
  return "field" in rule;
}
