import { parseArgs } from "node:util";

import { AREAS, type Area } from "./areas.ts";

/** What somebody asked for on the command line. */
export interface Options {
  readonly areas: readonly Area[];
  /** Which mutants are chosen, when not all are. */
  readonly seed: number;
  /** How many mutants of each area. */
  readonly count: number;
  /** Only of sources whose path holds this text. */
  readonly only: string;
  /** Only with the tests that most likely notice. */
  readonly isQuick: boolean;
}

/** Reads `[area …] [--seed N] [--count N] [--only TEXT] [--quick]`. @throws Error for anything else. */
export function readOptions(given: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      seed: { type: "string" },
      count: { type: "string" },
      only: { type: "string" },
      quick: { type: "boolean" },
    },
  });
  const unknown = positionals.filter((name) => !AREAS.some((area) => area.name === name));
  const names = AREAS.map(({ name }) => name).join(", ");
  if (unknown.length > 0) throw new Error(`No such area: ${unknown.join(", ")}. There are ${names}.`);
  return {
    areas: AREAS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    seed: numberOf("seed", values.seed, 1),
    count: numberOf("count", values.count, Infinity),
    only: values.only ?? "",
    isQuick: values.quick ?? false,
  };
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a number`);
  return Number(text);
}
