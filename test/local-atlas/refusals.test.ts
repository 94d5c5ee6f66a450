import type { Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
  await open.database.collection("things").insertOne({ a: 1 });
});

afterAll(() => open.close());

const cases: readonly (readonly [string, Document, number, string])[] = [
  ["a command that does not exist", { frobnicate: 1 }, 59, "CommandNotFound"],
  ["a field that a command does not have", { find: "things", wat: 1 }, 40415, "IDLUnknownField"],
  ["a filter that is no document", { find: "things", filter: 5 }, 14, "TypeMismatch"],
  ["a missing field", { insert: "things" }, 40414, "IDLFailedToParse"],
  [
    "a stage that does not exist",
    { aggregate: "things", pipeline: [{ $wat: 1 }], cursor: {} },
    40324,
    "Location40324",
  ],
  [
    "two stages in one",
    { aggregate: "things", pipeline: [{ $match: {}, $limit: 1 }], cursor: {} },
    40323,
    "Location40323",
  ],
  ["a pipeline without a cursor", { aggregate: "things", pipeline: [] }, 9, "FailedToParse"],
  ["an empty name", { find: "" }, 73, "InvalidNamespace"],
  ["an unknown cursor", { getMore: 5n, collection: "things" }, 43, "CursorNotFound"],
  ["a hint of no index", { find: "things", hint: "nope_1" }, 2, "BadValue"],
  [
    "more members than there are",
    { insert: "things", documents: [{ a: 1 }], writeConcern: { w: 50 } },
    100,
    "UnsatisfiableWriteConcern",
  ],
  ["a collection that is there", { create: "things" }, 48, "NamespaceExists"],
  ["indexes of no collection", { listIndexes: "nothing" }, 26, "NamespaceNotFound"],
  [
    "a write that says how sure its reads must be",
    { insert: "things", documents: [{ a: 1 }], readConcern: { level: "majority" } },
    72,
    "InvalidOptions",
  ],
  [
    "a linearizable read that writes",
    { aggregate: "things", pipeline: [{ $out: "x" }], cursor: {}, readConcern: { level: "linearizable" } },
    72,
    "InvalidOptions",
  ],
  [
    "an option that no index has",
    { createIndexes: "things", indexes: [{ key: { a: 1 }, name: "a", uniqe: true }] },
    197,
    "InvalidIndexSpecificationOption",
  ],
  [
    "a unique hashed index",
    { createIndexes: "things", indexes: [{ key: { a: "hashed" }, name: "a", unique: true }] },
    16764,
    "Location16764",
  ],
  [
    "an index both sparse and partial",
    {
      createIndexes: "things",
      indexes: [{ key: { a: 1 }, name: "a", sparse: true, partialFilterExpression: {} }],
    },
    67,
    "CannotCreateIndex",
  ],
  ["a negative limit", { find: "things", limit: -1 }, 51024, "Location51024"],
  ["a sort without a field", { find: "things", sort: { "": 1 } }, 40352, "Location40352"],
  ["a sort by half a path", { find: "things", sort: { "a.": 1 } }, 40353, "Location40353"],
  [
    "an expression that there is not",
    { find: "things", projection: { a: { $wat: 1 } } },
    31325,
    "Location31325",
  ],
  ["a hint of a distinct", { distinct: "things", key: "a", hint: "_id_" }, 40415, "IDLUnknownField"],
  ["a distinct of nothing", { distinct: "things", key: "" }, 40352, "Location40352"],
  ["a delete of two", { delete: "things", deletes: [{ q: {}, limit: 2 }] }, 9, "FailedToParse"],
  ["a choice that there is not", { create: "x", validationLevel: "wat" }, 2, "BadValue"],
  ["a view of nothing", { create: "x", viewOn: "" }, 2, "BadValue"],
  [
    "a view with a stage that does not exist",
    { create: "x", viewOn: "things", pipeline: [{ $wat: 1 }] },
    40324,
    "Location40324",
  ],
  [
    "a view that writes",
    { create: "x", viewOn: "things", pipeline: [{ $out: "y" }] },
    167,
    "OptionNotSupportedOnView",
  ],
  ["an index without a name", { createIndexes: "things", indexes: [{ key: { a: 1 } }] }, 9, "FailedToParse"],
  [
    "a filter for elements under a name that cannot be",
    { update: "things", updates: [{ q: {}, u: { $set: { "a.$[X]": 1 } }, arrayFilters: [{ X: 1 }] }] },
    2,
    "BadValue",
  ],
  ["an empty batch", { update: "things", updates: [] }, 16, "InvalidLength"],
];

describe("the server refuses, with the real server's code,", () => {
  it.each(cases)("%s", async (_name, command, code, codeName) => {
    const { writeErrors, ...answer } = await open.database
      .command(command)
      .catch((error: unknown) => error as Document);
    const refusal: Document = writeErrors === undefined ? answer : { ...writeErrors[0], codeName };
    expect(refusal).toMatchObject({ code, codeName });
  });
});

describe.skipIf(process.env["MONGODB_URI"] !== undefined)("what only the real server has is refused:", () => {
  it.each<readonly [string, Document]>([
    ["tailable cursors", { find: "things", tailable: true }],
    ["time series", { create: "series", timeseries: { timeField: "at" } }],
    ["text indexes", { createIndexes: "things", indexes: [{ key: { a: "text" }, name: "a" }] }],
    ["geo indexes", { createIndexes: "things", indexes: [{ key: { a: "2dsphere" }, name: "a" }] }],
    ["wildcard indexes", { createIndexes: "things", indexes: [{ key: { "$**": 1 }, name: "a" }] }],
    ["users", { createUser: "cook", pwd: "soup", roles: [] }],
    ["map-reduce", { mapReduce: "things" }],
  ])("%s", async (_name, command) => {
    await expect(open.database.command(command)).rejects.toMatchObject({ code: expect.any(Number) });
    expect((await open.database.listCollections().toArray()).map(({ name }) => name)).toEqual(["things"]);
  });
});
