/** A value that a filter compares with: what plain JSON has. */
type FilterValue = string | number | boolean | null;

/**
 * A MongoDB filter that a hub can evaluate on an item's plain JSON: the operators of `compileFilter.ts`, with plain
 * values. Times are compared as ISO 8601 text and ids as hex digits, as the wire has them.
 */
export interface Filter {
  readonly [fieldOrOperator: string]: FilterCondition;
}

export type FilterCondition = FilterValue | Filter | readonly (FilterValue | Filter)[];
