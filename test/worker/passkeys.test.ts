import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Passkey, User } from "../../protocol/user.ts";
import { Authenticator, type CreationOptions, type RequestOptions } from "../support/Authenticator.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { makeHome, Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const ORIGIN = "https://meals.example";
const PATH = "/api/users/passkeys";

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack({ vars: { ORIGIN } });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

/** Somebody who is not signed in. */
function nobody(): Person {
  return new Person(stack.url, "", { _id: "", email: "", name: "" });
}

function creationOptions(person: Person): Promise<CreationOptions> {
  return person.json("POST", `${PATH}/options`);
}

function requestOptions(): Promise<RequestOptions> {
  return nobody().json("POST", `${PATH}/sign-in/options`);
}

function add(person: Person, response: object, name = "Phone"): Promise<Response> {
  return person.request("POST", PATH, { name, response });
}

/** Gives somebody a passkey. */
async function equip(person: Person, origin = ORIGIN): Promise<Authenticator> {
  const authenticator = new Authenticator(origin);
  const answer = await add(person, authenticator.create(await creationOptions(person)));
  expect(answer.status, await answer.clone().text()).toBe(201);
  return authenticator;
}

function signIn(response: object): Promise<Response> {
  return nobody().request("POST", `${PATH}/sign-in`, { response });
}

async function listOf(person: Person): Promise<readonly Passkey[]> {
  return (await person.json<{ passkeys: Passkey[] }>("GET", PATH)).passkeys;
}

test("whoever has a passkey signs in without saying who they are, and sees when it was used", async () => {
  const { owner } = await makeHome(stack.url);
  const authenticator = await equip(owner);
  expect(await listOf(owner)).toEqual([
    { _id: expect.any(String), name: "Phone", createdAt: expect.any(String), lastUsedAt: null },
  ]);
  const answer = await signIn(authenticator.get(await requestOptions()));
  expect(await answer.clone().json()).toEqual(owner.user);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  const again = new Person(stack.url, cookie.join("; "), (await answer.json()) as User);
  expect(await again.json("GET", "/api/households")).toHaveLength(1);
  expect((await listOf(again))[0]?.lastUsedAt).toEqual(expect.any(String));
});

test("the options name the site of ORIGIN, ask for the person, and leave out authenticators that have one", async () => {
  const person = await register(stack.url);
  await equip(person);
  const stored = await database.db.collection("passkeys").findOne({ userId: new ObjectId(person.user._id) });
  expect(await creationOptions(person)).toMatchObject({
    rp: { id: "meals.example" },
    user: { name: person.user.email, displayName: person.user.name },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: [{ id: stored?.["credentialId"] }],
  });
  const options = await requestOptions();
  expect(options).toMatchObject({ rpId: "meals.example", userVerification: "required" });
  expect(options).not.toHaveProperty("allowCredentials");
});

test("an answer that was used signs nobody in a second time", async () => {
  const authenticator = await equip(await register(stack.url));
  const response = authenticator.get(await requestOptions());
  const answers = await Promise.all([signIn(response), signIn(response), signIn(response)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
  await expectProblem(await signIn(response), "wrong-passkey");
});

test("a challenge that was used adds no second passkey", async () => {
  const person = await register(stack.url);
  const options = await creationOptions(person);
  expect((await add(person, new Authenticator(ORIGIN).create(options))).status).toBe(201);
  await expectProblem(await add(person, new Authenticator(ORIGIN).create(options)), "wrong-passkey");
  expect(await listOf(person)).toHaveLength(1);
});

test("a challenge is good for what it was made for, by this server, and for nothing else", async () => {
  const [person, other] = [await register(stack.url), await register(stack.url)];
  const authenticator = await equip(person);
  const creation = await creationOptions(person);
  const request = await requestOptions();
  const madeUp = Buffer.from(`x.${Date.now() + 1000}.y`).toString("base64url");
  for (const challenge of [creation.challenge, madeUp, "", "AAAA"])
    await expectProblem(await signIn(authenticator.get({ ...request, challenge })), "wrong-passkey");
  for (const challenge of [request.challenge, (await creationOptions(other)).challenge]) {
    const response = new Authenticator(ORIGIN).create({ ...creation, challenge });
    await expectProblem(await add(person, response), "wrong-passkey");
  }
});

test("a challenge is good for five minutes", async () => {
  const text = Buffer.from((await requestOptions()).challenge, "base64url").toString();
  const [, expiresAt] = text.split(".");
  const lasts = Number(expiresAt) - Date.now();
  expect(lasts).toBeGreaterThan(280_000);
  expect(lasts).toBeLessThanOrEqual(300_000);
});

test("a page of another origin gets nobody in, and adds no passkey", async () => {
  const person = await register(stack.url);
  const authenticator = await equip(person);
  for (const origin of ["https://meals.example.evil", "http://meals.example", stack.url]) {
    authenticator.origin = origin;
    await expectProblem(await signIn(authenticator.get(await requestOptions())), "wrong-passkey", origin);
    const foreign = new Authenticator(origin).create(await creationOptions(person));
    await expectProblem(await add(person, foreign), "wrong-passkey", origin);
  }
});

test("a passkey for another site is none for this one", async () => {
  const person = await register(stack.url);
  const authenticator = await equip(person);
  const request = await requestOptions();
  await expectProblem(await signIn(authenticator.get({ ...request, rpId: "evil.example" })), "wrong-passkey");
  const creation = { ...(await creationOptions(person)), rp: { id: "evil.example" } };
  await expectProblem(await add(person, new Authenticator(ORIGIN).create(creation)), "wrong-passkey");
});

test("nobody signs in as somebody else with a passkey of their own", async () => {
  const [victim, mallory] = [await register(stack.url), await register(stack.url, "Mallory")];
  const [theirs, own] = [await equip(victim), await equip(mallory)];
  const real = own.get(await requestOptions());
  const { id, rawId, response } = theirs.get(await requestOptions());
  await expectProblem(await signIn({ ...real, id, rawId }), "wrong-passkey");
  const { userHandle } = response;
  const forged = own.get(await requestOptions());
  const handed = { ...forged, response: { ...forged.response, userHandle } };
  await expectProblem(await signIn(handed), "wrong-passkey");
  const { userHandle: _, ...handless } = own.get(await requestOptions()).response;
  await expectProblem(await signIn({ ...real, response: handless }), "wrong-passkey");
});

test("nobody adds what another has, nor sees or removes it", async () => {
  const [victim, mallory] = [await register(stack.url), await register(stack.url, "Mallory")];
  await equip(victim);
  const [passkey] = await listOf(victim);
  expect(await listOf(mallory)).toEqual([]);
  await expectProblem(await mallory.request("DELETE", `${PATH}/${passkey?._id}`), "not-found");
  expect(await listOf(victim)).toHaveLength(1);
  const options = await creationOptions(victim);
  await expectProblem(await add(mallory, new Authenticator(ORIGIN).create(options)), "wrong-passkey");
});

test("a passkey that was removed opens nothing", async () => {
  const person = await register(stack.url);
  const authenticator = await equip(person);
  const [passkey] = await listOf(person);
  expect((await person.request("DELETE", `${PATH}/${passkey?._id}`)).status).toBe(204);
  await expectProblem(await signIn(authenticator.get(await requestOptions())), "wrong-passkey");
  await expectProblem(await person.request("DELETE", `${PATH}/${passkey?._id}`), "not-found");
});

test("the passkeys of a deleted account open nothing, and nothing is left of them", async () => {
  const person = await register(stack.url);
  const authenticator = await equip(person);
  await person.json("DELETE", "/api/users/me", { password: "a long password" });
  await expectProblem(await signIn(authenticator.get(await requestOptions())), "wrong-passkey");
  const own = { userId: new ObjectId(person.user._id) };
  expect(await database.db.collection("passkeys").countDocuments(own)).toBe(0);
});

test("an authenticator that does not ask who holds it is not enough", async () => {
  const person = await register(stack.url);
  const authenticator = await equip(person);
  authenticator.verifiesPerson = false;
  await expectProblem(await signIn(authenticator.get(await requestOptions())), "wrong-passkey");
  const careless = new Authenticator(ORIGIN);
  careless.verifiesPerson = false;
  await expectProblem(await add(person, careless.create(await creationOptions(person))), "wrong-passkey");
});

test("what an authenticator says of its maker is not looked at, as the lists of makers are at addresses of its choice", async () => {
  const person = await register(stack.url);
  const authenticator = new Authenticator(ORIGIN);
  authenticator.certificates = [new Uint8Array(300)];
  const answer = await add(person, authenticator.create(await creationOptions(person)));
  expect(answer.status).toBe(201);
});

test("a copied authenticator is found out by its counter", async () => {
  const authenticator = await equip(await register(stack.url));
  authenticator.counter = 5;
  expect((await signIn(authenticator.get(await requestOptions()))).status).toBe(200);
  await expectProblem(await signIn(authenticator.get(await requestOptions())), "wrong-passkey");
  authenticator.counter = 6;
  expect((await signIn(authenticator.get(await requestOptions()))).status).toBe(200);
});

test("an account has at most twenty passkeys, also when several are added at once", async () => {
  const person = await register(stack.url);
  const kept = Array.from({ length: 19 }, (_, index) => ({
    userId: new ObjectId(person.user._id),
    credentialId: `kept${index}`,
  }));
  await database.db.collection("passkeys").insertMany(kept);
  const options = await Promise.all([1, 2, 3].map(() => creationOptions(person)));
  const answers = await Promise.all(
    options.map((option) => add(person, new Authenticator(ORIGIN).create(option))),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
  expect(await listOf(person)).toHaveLength(20);
});
