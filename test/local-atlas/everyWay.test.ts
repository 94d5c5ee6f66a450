import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { type Collection, type Document, Double, type IndexDescription, Long, MongoClient } from "mongodb";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../local-atlas/server.ts";
import type { Thing } from "./openDatabase.ts";

let folder: string;
let server: RunningServer;
let client: MongoClient;
let count = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "local-atlas-"));
  await open();
});

afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  server = await startServer({ port: 0, dataDir: folder });
  client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
}

async function close(): Promise<void> {
  await client.close();
  await server.close();
}

const scalar = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) },
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    "a",
    "ab",
    "b",
    new Double(1.5),
    Long.fromNumber(2),
    new Date(5),
    Number.NaN,
  ),
);
const embedded = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  embedded,
  fc.array(fc.oneof({ weight: 3, arbitrary: scalar }, embedded, fc.array(scalar, { maxLength: 2 })), {
    maxLength: 3,
  }),
);
const fields = fc.record({ a: value, b: value, c: scalar }, { requiredKeys: [] });
const documents = fc.array(fields, { minLength: 4, maxLength: 12 });

const path = fc.constantFrom("a", "a", "b", "a.x", "a.x", "a.y", "a.0");
const comparison = fc.oneof(
  scalar,
  fc.record({ $eq: value }),
  { weight: 3, arbitrary: fc.record({ $gt: scalar, $lt: scalar }) },
  fc.record({ $gte: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $ne: scalar }),
  fc.record({ $elemMatch: fc.record({ $gte: scalar, $lt: scalar }) }),
  fc.record({ $elemMatch: embedded.map(({ x = 1, ...rest }) => ({ x, ...rest })) }),
  fc.constantFrom<Document>({ $regex: "^a" }, { $regex: "^ab?" }),
);
const condition = fc.tuple(path, comparison).map(([name, test]): Document => ({ [name]: test }));
const filter = fc.oneof(
  condition,
  fc.tuple(condition, condition).map((both): Document => ({ $and: both })),
  fc.tuple(condition, condition).map((both): Document => ({ $or: both })),
  fc.tuple(condition, condition, condition).map(([one, ...two]): Document => ({ $and: [one, { $or: two }] })),
);

const direction = fc.constantFrom(1 as const, -1 as const);
const keys = fc
  .uniqueArray(fc.tuple(path, direction), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .map((parts) => Object.fromEntries(parts));
const index = fc.record<IndexDescription>({ key: keys, sparse: fc.constantFrom(false, false, true) });
const sorting = fc.option(
  fc.uniqueArray(fc.tuple(fc.constantFrom("c", "a", "b.x"), direction), {
    maxLength: 2,
    selector: ([name]) => name,
  }),
);

interface Question {
  readonly where: Document;
  readonly sort: Document;
}

const question = fc.record({ where: filter, sort: sorting }).map(({ where, sort }): Question => {
  // What is equal in all fields of the sort has no order but by `_id`.
  return { where, sort: { ...Object.fromEntries(sort ?? []), _id: 1 } };
});

/** The ids that a question finds, in their order. */
async function ask(
  collection: Collection<Thing>,
  { where, sort }: Question,
  options: Document = {},
): Promise<readonly unknown[]> {
  const found = await collection
    .find(where, { sort: sort as never, projection: { _id: 1 }, ...options })
    .toArray();
  return found.map(({ _id: id }) => id);
}

/** Makes an index where the documents allow it: two arrays in one key are refused. */
async function tryIndex(collection: Collection<Thing>, { key, sparse }: IndexDescription): Promise<void> {
  await collection.createIndex(key as never, { sparse: sparse === true }).catch((error: unknown) => {
    expect(error).toMatchObject({ code: expect.toBeOneOf([85, 86, 171]) });
  });
}

it("a question has one answer: with indexes, without, in a transaction, before it commits, and after a restart", async () => {
  const property = fc.asyncProperty(
    documents,
    fc.array(index, { minLength: 1, maxLength: 3 }),
    fc.array(question, { minLength: 4, maxLength: 8 }),
    async (items, indexes, questions) => {
      const name = `things${count++}`;
      const plain = client.db("test").collection<Thing>(name);
      const half = Math.ceil(items.length / 2);
      const numbered = items.map((item, id) => ({ ...item, _id: id }));
      await plain.insertMany(numbered);
      const expected: (readonly unknown[])[] = [];
      for (const asked of questions) expected.push(await ask(plain, asked));
      for (const spec of indexes) await tryIndex(plain, spec);
      const natural = { hint: { $natural: 1 as const } };
      for (const [at, asked] of questions.entries()) {
        expect(await ask(plain, asked)).toEqual(expected[at]);
        expect(await ask(plain, asked, natural)).toEqual(expected[at]);
        const first = await ask(plain, asked, { limit: 2 });
        expect(first).toEqual(expected[at]?.slice(0, 2));
      }
      await client.withSession(async (session) => {
        session.startTransaction();
        await plain.deleteMany({ _id: { $gte: half } }, { session });
        for (const item of numbered.slice(half)) await plain.insertOne(item, { session });
        for (const [at, asked] of questions.entries()) {
          expect(await ask(plain, asked, { session })).toEqual(expected[at]);
        }
        await session.commitTransaction();
      });
      for (const [at, asked] of questions.entries()) expect(await ask(plain, asked)).toEqual(expected[at]);
      if (count % 10 === 0) {
        await close();
        await open();
        const again = client.db("test").collection<Thing>(name);
        for (const [at, asked] of questions.entries()) expect(await ask(again, asked)).toEqual(expected[at]);
        expect(await client.db("test").command({ validate: name })).toMatchObject({ valid: true });
      }
    },
  );
  await fc.assert(property, { numRuns: 100 });
}, 240_000);
