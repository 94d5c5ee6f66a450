import { EJSON, ObjectId } from "bson";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { planEvent, postHook, publish } from "../support/hook.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, TEST_SECRETS, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let home: Home;
let second = Math.floor(Date.now() / 1000) + 20;

beforeAll(async () => {
  stack = await startStack({ secrets: { ATLAS_HOOK_SECRET_PREVIOUS: "the-secret-before" } });
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

function event(note: string) {
  const planId = new ObjectId(home.plan._id);
  const fullDocument = { _id: planId, note, memberIds: [new ObjectId(home.owner.user._id)] };
  return planEvent({ planId, seconds: second++, fullDocument });
}

function body(note = "hello"): string {
  return EJSON.stringify(event(note), { relaxed: false });
}

function sign(secret: string): Promise<Response> {
  return postHook(stack.url, body(), { secret });
}

test("one event and many are taken alike, and each is answered for", async () => {
  const one = await postHook(stack.url, body("one"));
  expect(one.status).toBe(200);
  expect(await one.json()).toEqual({ results: [{ id: expect.any(String), outcome: "published" }] });
  expect(await publish(stack.url, [event("two"), event("three")])).toEqual(["published", "published"]);
});

test("text beyond ASCII is signed and shown as it is", async () => {
  const reader = await StreamReader.open(`${stack.url}/api/mealplans/updates/${home.plan._id}`, {
    headers: { cookie: home.owner.cookie },
  });
  await reader.untilEvent("live");
  await publish(stack.url, [event("Crème brûlée 🍮\u2028\r\nand more")]);
  await reader.until(
    () => (reader.latest as { note?: string })?.note?.startsWith("Crème") ?? false,
    "the note",
  );
  expect(reader.latest).toMatchObject({ note: "Crème brûlée 🍮\u2028\r\nand more" });
  reader.close();
});

test("during a rotation both secrets are good, any other is not", async () => {
  expect((await sign(TEST_SECRETS.ATLAS_HOOK_SECRET)).status).toBe(200);
  expect((await sign("the-secret-before")).status).toBe(200);
  for (const secret of ["", "undefined", "guess"]) expect((await sign(secret)).status).toBe(401);
});

test("a secret that is set to nothing lets nobody in", async () => {
  const open = await startStack({ mongoUri: stack.mongoUri, secrets: { ATLAS_HOOK_SECRET_PREVIOUS: "" } });
  onTestFinished(() => open.stop());
  expect((await postHook(open.url, body(), { secret: "" })).status).toBe(401);
  expect((await postHook(open.url, body())).status).toBe(200);
});

test.for([
  [-299, 200],
  [290, 200],
  [-310, 401],
  [320, 401],
  [-3600, 401],
  [3600, 401],
] as const)("a signature that is %i seconds off our clock is answered %i", async ([off, status]) => {
  const signedAt = Math.floor(Date.now() / 1000) + off;
  expect((await postHook(stack.url, body(), { signedAt })).status).toBe(status);
});

test("a body that was changed after signing, and one without a signature, are refused with 401", async () => {
  const good = await postHook(stack.url, body());
  expect(good.status).toBe(200);
  const unsigned = await fetch(`${stack.url}/api/hooks/atlas`, { method: "POST", body: body() });
  expect(unsigned.status).toBe(401);
  expect(await unsigned.json()).toMatchObject({ code: "invalid-signature" });
});

test.for([
  ["no JSON", "{"],
  ["nothing", ""],
  ["null", "null"],
  ["an empty array", "[]"],
  ["a text", '"hello"'],
  ["no token", '{"operationType":"insert","ns":{"db":"mealcast","coll":"mealplans"}}'],
  [
    "a token that is no hex",
    '{"_id":{"_data":"zzzzzzzzzzzzzzzzzzzz"},"operationType":"insert","ns":{"db":"m"}}',
  ],
  ["an operator for a token", '{"_id":{"_data":{"$ne":""}},"operationType":"insert","ns":{"db":"m"}}'],
  [
    "a document that is a text",
    '{"_id":{"_data":"820000000100000001"},"operationType":"insert","ns":{"db":"m","coll":"mealplans"},"documentKey":{"_id":1},"fullDocument":"x"}',
  ],
] as const)("a signed body with %s is refused with 400", async ([, text]) => {
  const response = await postHook(stack.url, text);
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
});

test("one bad event in an array refuses the array, and nothing is half done", async () => {
  const good = event("must not show");
  const response = await postHook(stack.url, EJSON.stringify([good, { _id: 1 }], { relaxed: false }));
  expect(response.status).toBe(400);
  expect(await publish(stack.url, [good])).toEqual(["published"]);
});

test("a body over a megabyte is refused with 413", async () => {
  const response = await postHook(stack.url, body("x".repeat(1024 * 1024)));
  expect(response.status).toBe(413);
});

test("what concerns no stream is ignored, and the answer says why", async () => {
  const base = event("x");
  const { fullDocument: _, ...withoutDocument } = base;
  const others = [
    { ...base, ns: { db: "mealcast", coll: "reviews" } },
    { ...base, operationType: "invalidate" },
    { ...base, documentKey: { _id: "not an id" } },
    withoutDocument,
  ];
  const response = await postHook(stack.url, EJSON.stringify(others, { relaxed: false }));
  const { results } = (await response.json()) as { results: { outcome: string; reason: string }[] };
  expect(results.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
    "ignored: unknown-collection",
    "ignored: unknown-operation",
    "ignored: invalid-key",
    "ignored: no-document",
  ]);
});

test("an update whose document was gone when Atlas looked it up counts as its removal", async () => {
  const other = await makeHome(stack.url);
  const reader = await StreamReader.open(`${stack.url}/api/mealplans/updates/${other.plan._id}`, {
    headers: { cookie: other.owner.cookie },
  });
  await reader.untilEvent("live");
  const planId = new ObjectId(other.plan._id);
  await publish(stack.url, [planEvent({ planId, seconds: second++, fullDocument: null })]);
  await reader.untilEvent("removed");
  reader.close();
});
