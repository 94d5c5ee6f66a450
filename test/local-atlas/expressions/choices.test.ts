import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, ObjectId, Timestamp } from "mongodb";
import { type Case, describeExpressions, Refusal } from "./calculate.ts";

const int = (value: number) => new Int32(value);
const decimal = (text: string) => Decimal128.fromString(text);
const id = new ObjectId("650000000000000000000001");

const document = {
  _id: 1,
  n: int(5),
  tenth: new Double(0.1),
  long: Long.fromString("9007199254740993"),
  two: new Double(2),
  text: "a",
  id,
  at: new Date(1000),
  stamp: new Timestamp({ t: 7, i: 3 }),
  yes: true,
  nothing: null,
  bytes: new Binary(Buffer.from([1, 2])),
  pattern: new BSONRegExp("a"),
};

/** A choice's fields and its result, as BSON holds them: an object with a `then` would look like a promise. */
const choice = (fields: Record<string, unknown>, result: unknown) =>
  new Map<string, unknown>(Object.entries(fields)).set("then", result);

const CASES: readonly Case[] = [
  ["a missing field is not null", { $eq: ["$none", null] }, false],
  ["a missing field is less than null", { $lt: ["$none", null] }, true],
  ["types have an order", { $gt: ["$text", "$n"] }, true],
  ["numbers are equal across types", { $eq: ["$two", int(2)] }, true],
  ["a long beyond a double's digits", { $eq: ["$long", new Double(9007199254740992)] }, false],
  ["a decimal tenth is no double tenth", { $eq: ["$tenth", decimal("0.1")] }, false],
  ["a comparison is an int", { $cmp: ["$n", int(9)] }, int(-1)],
  ["a comparison of three", { $eq: [int(1), int(1), int(1)] }, new Refusal(16020)],
  ["a condition", { $cond: ["$yes", "then", "else"] }, "then"],
  ["a condition by names", { $cond: choice({ if: "$nothing", else: int(2) }, int(1)) }, int(2)],
  ["a condition without else", { $cond: choice({ if: true }, int(1)) }, new Refusal(17082)],
  [
    "a condition with something else",
    { $cond: choice({ if: true, else: int(2), or: int(3) }, int(1)) },
    new Refusal(17083),
  ],
  ["instead of null", { $ifNull: ["$nothing", "$none", "$n"] }, int(5)],
  ["instead of null, with one operand", { $ifNull: ["$nothing"] }, new Refusal(1257300)],
  [
    "a switch",
    { $switch: { branches: [choice({ case: { $gt: ["$n", int(9)] } }, int(1))], default: int(2) } },
    int(2),
  ],
  [
    "a switch without a match",
    { $switch: { branches: [choice({ case: { $gt: ["$n", int(9)] } }, int(1))] } },
    new Refusal(40066),
  ],
  [
    "a switch that can never match",
    { $switch: { branches: [choice({ case: false }, int(1))] } },
    new Refusal(40069),
  ],
  ["a switch without branches", { $switch: { branches: [] } }, new Refusal(40068)],
  ["and", { $and: ["$n", "$nothing"] }, false],
  ["or", { $or: ["$nothing", "$n"] }, true],
  ["not", { $not: ["$nothing"] }, true],
  ["and of nothing", { $and: [] }, true],
  [
    "zero is false, NaN is true",
    [{ $and: [new Double(0)] }, { $and: [new Double(Number.NaN)] }],
    [false, true],
  ],
  [
    "the types",
    ["$n", "$long", "$two", "$id", "$stamp", "$bytes", "$pattern", "$at", "$yes", "$nothing", "$none"].map(
      (path) => ({ $type: path }),
    ),
    ["int", "long", "double", "objectId", "timestamp", "binData", "regex", "date", "bool", "null", "missing"],
  ],
  [
    "the type of a decimal and of a calculation",
    [{ $type: decimal("1") }, { $type: { $multiply: ["$two", int(1)] } }],
    ["decimal", "double"],
  ],
  ["numbers are known", [{ $isNumber: "$long" }, { $isNumber: "$text" }], [true, false]],
  ["variables", { $let: { vars: { a: int(1), b: "$n" }, in: { $add: ["$$a", "$$b"] } } }, int(6)],
  [
    "variables do not see each other",
    { $let: { vars: { a: int(1), b: "$$a" }, in: "$$b" } },
    new Refusal(17276),
  ],
  ["an unknown variable", "$$nope", new Refusal(17276)],
  ["the whole document", "$$ROOT.n", int(5)],
  ["a literal", { $literal: "$n" }, "$n"],
  ["an operator that there is not", { $nope: int(1) }, new Refusal(31325)],
  ["an operator that there is not, in another one", { $abs: { $nope: int(1) } }, new Refusal(168)],
  ["two operators in one", { $add: [int(1)], $subtract: [int(1), int(1)] }, new Refusal(15983)],
  ["a field name with a dollar", { a: int(1), $b: int(1) }, new Refusal(16410)],
  ["an empty path", "$", new Refusal(16872)],
  ["JavaScript", { $function: { body: "f", args: [], lang: "js" } }, new Refusal(238)],
  ["a double as a decimal has 15 digits", { $toDecimal: new Double(2.5) }, decimal("2.50000000000000")],
  ["a tenth as a decimal", { $toDecimal: "$tenth" }, decimal("0.100000000000000")],
  ["a text as a decimal", { $toDecimal: "1.10" }, decimal("1.10")],
  ["a long as a decimal", { $toDecimal: "$long" }, decimal("9007199254740993")],
  ["a decimal as a long", { $toLong: decimal("5.9") }, Long.fromNumber(5)],
  ["a large long as an int", { $toInt: "$long" }, new Refusal(241)],
  ["a text as an object id", { $toObjectId: "650000000000000000000001" }, id],
  ["a wrong text as an object id", { $toObjectId: "65" }, new Refusal(241)],
  ["an object id as a date", { $toDate: "$id" }, id.getTimestamp()],
  ["an int as a date", { $toDate: "$n" }, new Refusal(241)],
  ["a long as a date", { $toDate: Long.fromNumber(1000) }, new Date(1000)],
  ["a date as a long", { $toLong: "$at" }, Long.fromNumber(1000)],
  ["a date as a text", { $toString: "$at" }, "1970-01-01T00:00:01.000Z"],
  ["a text as a bool is true", { $toBool: "false" }, true],
  ["null stays null", { $toInt: "$nothing" }, null],
  ["onError", { $convert: { input: "a", to: "int", onError: "$n" } }, int(5)],
  ["onNull", { $convert: { input: "$none", to: "int", onNull: int(0) } }, int(0)],
  ["conversion by a number", { $convert: { input: "$n", to: int(2) } }, "5"],
  ["conversion to what there is not", { $convert: { input: "$n", to: "wat" } }, new Refusal(2)],
  ["conversion of the greatest key", { $toInt: new MaxKey() }, new Refusal(241)],
  ["the seconds of a timestamp", { $tsSecond: "$stamp" }, Long.fromNumber(7)],
  ["the counter of a timestamp", { $tsIncrement: "$stamp" }, Long.fromNumber(3)],
  ["the seconds of a number", { $tsSecond: "$n" }, new Refusal(5687301)],
];

describeExpressions("comparisons, choices and conversions", document, CASES);
