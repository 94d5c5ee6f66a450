import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Vouch } from "../../protocol/household.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { enter, type Home, join, makeHome, newAddress, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { expectCutOff, watchPlan } from "../support/watchPlan.ts";

const PASSWORD = "a long password";
const NEXT = "a quite different password";

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack({ vars: { ORIGIN: "https://meals.example" } });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

async function codesOf(person: Person): Promise<readonly string[]> {
  const body = { password: PASSWORD };
  return (await person.json<{ codes: string[] }>("POST", "/api/users/recovery-codes", body)).codes;
}

function recover(email: string, code?: string, password = NEXT): Promise<Response> {
  return fetch(`${stack.url}/api/users/recover`, {
    method: "POST",
    headers: { "content-type": "application/json", "cf-connecting-ip": newAddress() },
    body: JSON.stringify({ email, ...(code !== undefined && { code, password }) }),
  });
}

function vouch(owner: Person, { household }: Home, memberId: string): Promise<Response> {
  return owner.request("POST", `/api/households/${household._id}/members/${memberId}/vouch`);
}

async function vouchFor(member: Person, home: Home): Promise<Vouch> {
  return (await (await vouch(home.owner, home, member.user._id)).json()) as Vouch;
}

function signIn({ user }: Person, password: string): Promise<Person> {
  return enter(stack.url, "login", { email: user.email, password });
}

test("a recovery code lets in whoever has lost the password, once, and ends all sessions", async () => {
  const home = await makeHome(stack.url);
  const codes = await codesOf(home.owner);
  expect(new Set(codes).size).toBe(8);
  const stream = await watchPlan(home.owner, home);
  const { email } = home.owner.user;
  expect((await recover(email, codes[0])).status).toBe(204);
  await expectCutOff(home.owner, stream);
  await expect(signIn(home.owner, PASSWORD)).rejects.toThrow("401");
  await signIn(home.owner, NEXT);
  await expectProblem(await recover(email, codes[0], "yet another password"), "wrong-code");
  expect((await recover(email, codes[1], "yet another password")).status).toBe(204);
});

test("a code is the same however it is copied from paper", async () => {
  const person = await register(stack.url);
  const [code = ""] = await codesOf(person);
  const typed = ` ${code.toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l")}`;
  expect((await recover(person.user.email.toUpperCase(), typed)).status).toBe(204);
});

test("new codes take the place of the old, and the password is asked for them", async () => {
  const person = await register(stack.url);
  const [old = ""] = await codesOf(person);
  const wrong = { password: "not the password" };
  await expectProblem(await person.request("POST", "/api/users/recovery-codes", wrong), "wrong-credentials");
  const [code = ""] = await codesOf(person);
  await expectProblem(await recover(person.user.email, old), "wrong-code");
  expect((await recover(person.user.email, code)).status).toBe(204);
});

test("of many who use one code at the same moment one gets in", async () => {
  const person = await register(stack.url);
  const [code = ""] = await codesOf(person);
  const passwords = Array.from({ length: 5 }, (_, index) => `password of racer ${index}`);
  const answers = await Promise.all(passwords.map((password) => recover(person.user.email, code, password)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 401, 401, 401, 401]);
  const winner = answers.findIndex(({ status }) => status === 204);
  await signIn(person, passwords[winner] ?? "");
});

test("an address that nobody has is answered like a wrong, a used and a foreign code", async () => {
  const [person, other] = [await register(stack.url), await register(stack.url)];
  const [code = "", used = ""] = await codesOf(person);
  await recover(person.user.email, used);
  const answers = await Promise.all([
    recover("nobody@example.com", code),
    recover(person.user.email, "0000-0000-0000-0000"),
    recover(person.user.email, used),
    recover(other.user.email, code),
  ]);
  const problems = await Promise.all(answers.map((answer) => expectProblem(answer, "wrong-code")));
  for (const problem of problems) expect(problem).toEqual(problems[0]);
});

test("who asks for a mail is answered alike, whether there is such an account or not", async () => {
  const person = await register(stack.url);
  const answers = await Promise.all([recover(person.user.email), recover("nobody@example.com")]);
  for (const answer of answers) {
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ mail: false });
  }
});

test("codes are stored so that nobody can read them, and told nowhere", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const codes = await codesOf(home.owner);
  const { code } = await vouchFor(grace, home);
  const stored = await database.everything();
  const told = await (await home.owner.request("GET", "/api/users/me/export")).text();
  for (const secret of [code, ...codes].flatMap((text) => [text, text.replaceAll("-", "")])) {
    expect(stored).not.toContain(secret);
    expect(told).not.toContain(secret);
  }
});

test("an owner vouches for a member: the link holds the code where no log sees it, and it is good once", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const { code, url, expiresAt } = await vouchFor(grace, home);
  expect(url).toBe(`https://meals.example/recover#code=${code}`);
  const lasts = Date.parse(expiresAt) - Date.now();
  expect(lasts).toBeGreaterThan(3_500_000);
  expect(lasts).toBeLessThanOrEqual(3_600_000);
  await expectProblem(await recover(home.owner.user.email, code), "wrong-code");
  expect((await recover(grace.user.email, code)).status).toBe(204);
  await signIn(grace, NEXT);
  await expectProblem(await recover(grace.user.email, code), "wrong-code");
});

test("a code that an owner gave is good for an hour", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const { code } = await vouchFor(grace, home);
  const past = { $set: { "recoveryLinks.0.expiresAt": new Date(Date.now() - 1) } };
  await database.db.collection("users").updateOne({ _id: new ObjectId(grace.user._id) }, past);
  await expectProblem(await recover(grace.user.email, code), "wrong-code");
});

test("only an owner vouches, for another member of the household, and for nobody else", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const stranger = await register(stack.url, "Mallory");
  await expectProblem(await vouch(grace, home, home.owner.user._id), "forbidden");
  await expectProblem(await vouch(home.owner, home, home.owner.user._id), "forbidden");
  await expectProblem(await vouch(stranger, home, grace.user._id), "not-found");
  await expectProblem(await vouch(home.owner, home, stranger.user._id), "not-found");
});

test("an owner's code is worth nothing once the member has left", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const { code } = await vouchFor(grace, home);
  const membership = `/api/households/${home.household._id}/members/${grace.user._id}`;
  await grace.json("DELETE", membership);
  await expectProblem(await recover(grace.user.email, code), "wrong-code");
  await grace.json("GET", "/api/households");
});

test("who changes the password makes codes of others worth nothing, and keeps their own", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const [own = ""] = await codesOf(grace);
  const { code } = await vouchFor(grace, home);
  await grace.json("POST", "/api/users/password", { current: PASSWORD, next: NEXT });
  await expectProblem(await recover(grace.user.email, code), "wrong-code");
  expect((await recover(grace.user.email, own, PASSWORD)).status).toBe(204);
});

test("a password that everybody tries first is none to recover with, and uses no code up", async () => {
  const person = await register(stack.url);
  const [code = ""] = await codesOf(person);
  await expectProblem(await recover(person.user.email, code, "password"), "invalid-body");
  expect((await recover(person.user.email, code)).status).toBe(204);
});
