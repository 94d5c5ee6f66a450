import { parseArgs } from "node:util";

const BENCHES = ["fanout", "kinds", "burst", "watching", "items", "screen", "cost", "storm"] as const;
export type BenchName = (typeof BENCHES)[number];

/** What was asked for on the command line. */
export interface Options {
  readonly benches: readonly BenchName[];
  /** Few rounds and few clients: to see that it runs, not to quote. */
  readonly quick: boolean;
}

/** Reads the command line. @throws Error that says what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !isBench(name));
  if (unknown !== undefined) throw new Error(`There is no bench "${unknown}", only ${BENCHES.join(", ")}`);
  const chosen = positionals.filter(isBench);
  return { benches: chosen.length > 0 ? chosen : BENCHES, quick: values.quick };
}

function isBench(name: string): name is BenchName {
  return BENCHES.some((bench) => bench === name);
}
