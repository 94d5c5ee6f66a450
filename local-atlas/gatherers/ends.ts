import type { Gatherer } from "./Gatherer.ts";

/** The first value, which may be missing. */
export function first(): Gatherer {
  let found: { readonly value: unknown } | null = null;
  return {
    add: (value) => {
      found ??= { value };
    },
    result: () => found?.value,
  };
}

/** The last value, which may be missing. */
export function last(): Gatherer {
  let found: unknown;
  return {
    add: (value) => {
      found = value;
    },
    result: () => found,
  };
}

/** Some of the first values, null for those that are missing. */
export function firstOnes(count: number): Gatherer {
  const values: unknown[] = [];
  return {
    add: (value) => {
      if (values.length < count) values.push(value ?? null);
    },
    result: () => [...values],
  };
}

/** Some of the last values, in their order. */
export function lastOnes(count: number): Gatherer {
  const values: unknown[] = [];
  return {
    add: (value) => {
      values.push(value ?? null);
      if (values.length > count) values.shift();
    },
    result: () => [...values],
  };
}
