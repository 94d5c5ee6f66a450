import * as fc from "fast-check";
import { type Collection, type Document, ObjectId, type Timestamp } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

const id = fc.integer({ min: 0, max: 4 });
const group = fc.integer({ min: 0, max: 2 });

/** One thing that somebody does; a transaction does several and may be given up. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), id, group }),
  fc.record({ kind: fc.constant("add" as const), id }),
  fc.record({ kind: fc.constant("remove" as const), id }),
  fc.record({ kind: fc.constant("regroup" as const), from: group, to: group }),
);
const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ steps: fc.tuple(step), end: fc.constant("plain" as const) }) },
  fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    end: fc.constantFrom("commit" as const, "abort" as const),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
type Session = ReturnType<OpenDatabase["client"]["startSession"]>;

async function run(things: Collection<Thing>, one: Step, session: Session): Promise<void> {
  if (one.kind === "put")
    await things.replaceOne({ _id: one.id }, { g: one.group, n: 0 }, { upsert: true, session });
  if (one.kind === "add") await things.updateOne({ _id: one.id }, { $inc: { n: 1 } }, { session });
  if (one.kind === "remove") await things.deleteOne({ _id: one.id }, { session });
  if (one.kind === "regroup") await things.updateMany({ g: one.from }, { $set: { g: one.to } }, { session });
}

async function act(things: Collection<Thing>, { steps, end }: Action, session: Session): Promise<void> {
  if (end !== "plain") session.startTransaction();
  for (const one of steps) await run(things, one, session);
  if (end === "commit") await session.commitTransaction();
  if (end === "abort") await session.abortTransaction();
}

function byId(documents: readonly Document[]): readonly Document[] {
  return documents.toSorted((left, right) => Number(left["_id"]) - Number(right["_id"]));
}

/** Does to some documents what an event says was done. */
function replay(state: ReadonlyMap<unknown, Document>, event: Document): ReadonlyMap<unknown, Document> {
  const next = new Map(state);
  const key: unknown = event["documentKey"]?._id;
  if (event["operationType"] === "delete") next.delete(key);
  else if (event["operationType"] === "update") {
    next.set(key, { ...next.get(key), ...event["updateDescription"].updatedFields });
  } else next.set(key, event["fullDocument"]);
  return next;
}

describe("whatever is written, in transactions or not,", () => {
  it("every moment can be read again as it was, and the change stream tells exactly how it came to be", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
        const things = open.database.collection<Thing>(`things-${new ObjectId().toHexString()}`);
        await things.createIndex({ g: 1 });
        const session = open.client.startSession();
        await things.findOne({}, { session });
        const beginning = session.operationTime;
        const moments: { readonly time: Timestamp | undefined; readonly documents: readonly Document[] }[] =
          [];
        for (const one of actions) {
          await act(things, one, session);
          const documents = byId(await things.find({}, { session }).toArray());
          moments.push({ time: session.operationTime, documents });
        }
        for (const { time, documents } of moments) await expectAt(things.collectionName, time, documents);
        await expectReplay(things, beginning, moments.at(-1)?.documents ?? []);
        await session.endSession();
      }),
      { numRuns: 40 },
    );
  });
});

/** By a scan, by the index and by `_id`: what was there at a time. */
async function expectAt(
  name: string,
  time: Timestamp | undefined,
  expected: readonly Document[],
): Promise<void> {
  const readConcern = { level: "snapshot", atClusterTime: time };
  const read = async (filter: Document) => {
    const { cursor } = await open.database.command({ find: name, filter, readConcern });
    return byId(cursor.firstBatch);
  };
  expect(await read({})).toEqual(expected);
  expect(await read({ g: 1 })).toEqual(expected.filter((document) => document["g"] === 1));
  expect(await read({ _id: 2 })).toEqual(expected.filter((document) => document["_id"] === 2));
}

async function expectReplay(
  things: Collection<Thing>,
  from: Timestamp | undefined,
  expected: readonly Document[],
): Promise<void> {
  const options = from === undefined ? {} : { startAtOperationTime: from };
  const stream = things.watch<Document, Document>([], { ...options, maxAwaitTimeMS: 10 });
  let state: ReadonlyMap<unknown, Document> = new Map();
  for (let event = await stream.tryNext(); event !== null; event = await stream.tryNext()) {
    state = replay(state, event);
  }
  await stream.close();
  expect(byId([...state.values()])).toEqual(expected);
}
