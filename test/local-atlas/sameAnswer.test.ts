import * as fc from "fast-check";
import { type Collection, Decimal128, type Document, Double, Int32, Long } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AS_STORED, codeOf, typed } from "./expressions/calculate.ts";
import { openDatabase, type OpenDatabase } from "./openDatabase.ts";

let open: OpenDatabase;
let count = 0;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((value) => new Int32(value)),
  fc.constantFrom("-2", "1", "3", "9007199254740993").map((text) => Long.fromString(text)),
  fc.constantFrom(-1.5, 0, 1, 2.5, 9007199254740992).map((value) => new Double(value)),
  fc.constantFrom("-1.50", "0.1", "1", "2.5", "9007199254740993").map((text) => Decimal128.fromString(text)),
);
const scalar = fc.oneof(
  { weight: 4, arbitrary: number },
  fc.constantFrom("", "a", "b", "ä"),
  fc.boolean(),
  fc.constantFrom(new Date(0), new Date(5)),
  fc.constant(null),
);
const value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.record({ x: scalar }, { requiredKeys: [] }),
);
const documents = fc.array(fc.record({ a: value, b: scalar }, { requiredKeys: [] }), {
  minLength: 1,
  maxLength: 12,
});

const COMPARISONS = ["$eq", "$gt", "$gte", "$lt", "$lte"] as const;
const condition = fc.oneof(
  fc
    .record({ op: fc.constantFrom(...COMPARISONS), operand: scalar })
    .map(({ op, operand }) => ({ [op]: operand })),
  fc.array(scalar, { maxLength: 3 }).map((items) => ({ $in: items })),
  scalar.map((operand) => ({ $ne: operand })),
  fc.boolean().map((wanted) => ({ $exists: wanted })),
  fc.constantFrom("number", "string", "array", "null", "object").map((type) => ({ $type: type })),
  fc
    .record({ op: fc.constantFrom(...COMPARISONS), operand: scalar })
    .map(({ op, operand }) => ({ $not: { [op]: operand } })),
  number.map((operand) => ({ $elemMatch: { $gte: operand } })),
);
const field = fc.record({ path: fc.constantFrom("a", "b", "a.x"), test: condition });
const simple = field.map(({ path, test }): Document => ({ [path]: test }));
const filter = fc.oneof(
  simple,
  fc.tuple(simple, simple).map((both): Document => ({ $and: both })),
  fc.tuple(simple, simple).map((both): Document => ({ $or: both })),
  simple.map((one): Document => ({ $nor: [one] })),
);

async function collectionOf(items: readonly Document[]): Promise<Collection> {
  count++;
  const collection = open.database.collection(`same-${count}`);
  await collection.insertMany(items.map((item, index) => ({ _id: new Int32(index) as never, ...item })));
  return collection;
}

function idsOf(found: readonly Document[]): readonly number[] {
  return found.map(({ _id: id }) => Number(id)).toSorted((left, right) => left - right);
}

/** The order of types: a comparison of a filter only finds values of the type of its operand. */
function isOfType(path: string, operand: unknown): Document {
  if (operand === null) return { $lte: [path, null] };
  if (typeof operand === "string") return { $eq: [{ $type: path }, "string"] };
  if (typeof operand === "boolean") return { $eq: [{ $type: path }, "bool"] };
  return operand instanceof Date ? { $eq: [{ $type: path }, "date"] } : { $isNumber: path };
}

describe("a filter finds the same documents", () => {
  it("by find, count, $match, delete, with an index, without one, and in a transaction", async () => {
    const property = fc.asyncProperty(documents, filter, async (items, where) => {
      const collection = await collectionOf(items);
      const expected = idsOf(await collection.find(where).toArray());
      expect(idsOf(await collection.aggregate([{ $match: where }]).toArray())).toEqual(expected);
      expect(idsOf(await collection.aggregate([{ $skip: 0 }, { $match: where }]).toArray())).toEqual(
        expected,
      );
      expect(await collection.countDocuments(where)).toBe(expected.length);
      await collection.createIndexes(
        [{ key: { a: 1, b: -1 } }, { key: { b: 1 } }].filter((spec) => hasNoTwoArrays(spec, items)),
      );
      expect(idsOf(await collection.find(where).toArray())).toEqual(expected);
      expect(idsOf(await collection.find(where, { hint: { $natural: 1 } }).toArray())).toEqual(expected);
      const session = open.client.startSession();
      const inside = await session.withTransaction(() => collection.find(where, { session }).toArray());
      await session.endSession();
      expect(idsOf(inside)).toEqual(expected);
      expect((await collection.deleteMany(where)).deletedCount).toBe(expected.length);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("as the same comparison in an expression does", async () => {
    const comparison = fc.record({ op: fc.constantFrom(...COMPARISONS), operand: scalar });
    const property = fc.asyncProperty(documents, comparison, async (items, { op, operand }) => {
      const collection = await collectionOf(items);
      const byFilter = await collection
        .find({ $and: [{ a: { [op]: operand } }, { a: { $not: { $type: "array" } } }] })
        .toArray();
      const isEqual = operand === null ? isOfType("$a", null) : { [op]: ["$a", { $literal: operand }] };
      const wanted = operand === null && (op === "$gt" || op === "$lt") ? false : isEqual;
      const expression = { $and: [{ $not: [{ $isArray: "$a" }] }, isOfType("$a", operand), wanted] };
      expect(idsOf(await collection.find({ $expr: expression }).toArray())).toEqual(idsOf(byFilter));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("in the same order, with an index and without one", async () => {
    const sort = fc.constantFrom<Document>(
      { a: 1, _id: 1 },
      { a: -1, _id: 1 },
      { b: 1, _id: -1 },
      { "a.x": 1, _id: 1 },
    );
    const property = fc.asyncProperty(documents, sort, async (items, by) => {
      const collection = await collectionOf(items);
      const order = async () =>
        (await collection.find({}, { sort: by as never }).toArray()).map(({ _id: id }) => Number(id));
      const expected = await order();
      await collection.createIndexes([{ key: { a: 1 } }, { key: { b: 1, _id: -1 } }]);
      expect(await order()).toEqual(expected);
      const staged = await collection.aggregate([{ $addFields: { c: 1 } }, { $sort: by }]).toArray();
      expect(staged.map(({ _id: id }) => Number(id))).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 40 });
  });
});

function hasNoTwoArrays({ key }: { readonly key: Document }, items: readonly Document[]): boolean {
  return !items.some((item) => Object.keys(key).filter((path) => Array.isArray(item[path])).length > 1);
}

const path = fc.constantFrom("$a", "$b", "$a.x", "$none");
const expression: fc.Arbitrary<unknown> = fc.letrec((again) => ({
  leaf: fc.oneof(
    path,
    scalar.map((literal) => ({ $literal: literal })),
  ),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    again("leaf"),
    fc
      .tuple(
        fc.constantFrom("$add", "$multiply", "$max", "$concatArrays", "$ifNull", "$and"),
        again("node"),
        again("node"),
      )
      .map(([name, left, right]) => ({ [name]: [left, right] })),
    fc
      .tuple(fc.constantFrom("$subtract", "$divide", "$mod", "$cmp", "$eq"), again("node"), again("node"))
      .map(([name, left, right]) => ({ [name]: [left, right] })),
    fc.tuple(again("node"), again("node"), again("node")).map((parts) => ({ $cond: parts })),
    fc
      .tuple(
        fc.constantFrom("$type", "$isArray", "$toString", "$abs", "$size", "$not", "$toDecimal"),
        again("node"),
      )
      .map(([name, inner]) => ({ [name]: [inner] })),
    again("node").map((inner) => ({ $map: { input: "$a", in: [inner, "$$this"] } })),
  ),
})).node;

/** What comes of it: a value with its type, or the code of an error. */
function answer(work: Promise<string>): Promise<string> {
  return work.catch((error: unknown) => `code ${codeOf(error)}`);
}

describe("an expression gives the same value, type and error", () => {
  it("in $project, $addFields, $group, $facet, a find, and an update", async () => {
    const property = fc.asyncProperty(
      fc.record({ a: value, b: scalar }, { requiredKeys: [] }),
      expression,
      async (item, e) => {
        const collection = await collectionOf([item]);
        const staged = async (stages: Document[], pick = "v") => {
          const results = await collection.aggregate(stages, AS_STORED).toArray();
          return typed(
            pick.split(".").reduce<unknown>((at, part) => (at as Document | undefined)?.[part], results[0]),
          );
        };
        const expected = await answer(staged([{ $project: { v: { $ifNull: [e, null] } } }]));
        expect(await answer(staged([{ $addFields: { v: { $ifNull: [e, null] } } }]))).toBe(expected);
        expect(await answer(staged([{ $group: { _id: null, v: { $first: e } } }]))).toBe(expected);
        expect(
          await answer(
            staged([{ $facet: { f: [{ $replaceWith: { v: { $ifNull: [e, null] } } }] } }], "f.0.v"),
          ),
        ).toBe(expected);
        const found = collection.findOne({}, { ...AS_STORED, projection: { v: { $ifNull: [e, null] } } });
        expect(await answer(found.then((document) => typed(document?.["v"])))).toBe(expected);
        const updated = collection.findOneAndUpdate({}, [{ $set: { v: { $ifNull: [e, null] } } }], {
          ...AS_STORED,
          returnDocument: "after",
        });
        expect(await answer(updated.then((document) => typed(document?.["v"])))).toBe(expected);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });
});
