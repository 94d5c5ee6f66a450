import { EJSON } from "bson";
import { type Document, MongoServerError } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase } from "../openDatabase.ts";

/** A value with its BSON type, as text that says both. */
export function typed(value: unknown): string {
  return value === undefined ? "missing" : EJSON.stringify({ value }, { relaxed: false });
}

/** Values come as their BSON classes, not as JavaScript's numbers. */
export const AS_STORED = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/** An error of the server's: its code. */
export class Refusal {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/** The code of the server's error: a number of BSON, as everything is that comes as it is stored. */
export function codeOf(error: unknown): number {
  if (error instanceof MongoServerError) return Number(error.code);
  throw error;
}

/** What an expression gives: a value with its type, `undefined` for a missing field, or a refusal. */
export type Case = readonly [title: string, expression: unknown, expected: unknown];

/** Evaluates expressions over one document, by the driver. */
export function describeExpressions(family: string, document: Document, cases: readonly Case[]): void {
  describe(`${family} give the value and the type of the real server:`, () => {
    let open: OpenDatabase;

    beforeAll(async () => {
      open = await openDatabase();
      await open.database.collection("one").insertOne({ ...document });
    });

    afterAll(() => open.close());

    const run = async (expression: unknown) => {
      const stages = [{ $project: { _id: 0, v: expression } }];
      const [result] = await open.database.collection("one").aggregate(stages, AS_STORED).toArray();
      return result?.["v"] as unknown;
    };

    it.each(cases)("%s", async (_title, expression, expected) => {
      if (expected instanceof Refusal) {
        await expect(run(expression).catch(codeOf)).resolves.toBe(expected.code);
      } else {
        expect(typed(await run(expression))).toBe(typed(expected));
      }
    });
  });
}
