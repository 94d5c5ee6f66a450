import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Vouch } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { Authenticator, type CreationOptions } from "../support/Authenticator.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { Mailbox } from "../support/Mailbox.ts";
import { enter, join, makeHome, newAddress, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const ORIGIN = "https://meals.example";
const PASSWORD = "a long password";
const NEXT = "a quite different password";

let mailbox: Mailbox;
let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  const { url, token } = mailbox.catcher;
  stack = await startStack({
    vars: { ORIGIN, MAILER_URL: url, VERIFY_EMAIL: "off" },
    secrets: { MAILER_TOKEN: token },
  });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
  await mailbox.close();
});

function post(door: string, body: object): Promise<Response> {
  return fetch(`${stack.url}/api/users/${door}`, {
    method: "POST",
    headers: { "content-type": "application/json", "cf-connecting-ip": newAddress() },
    body: JSON.stringify(body),
  });
}

function changeAddress(person: Person, email: string): Promise<Response> {
  return person.request("PATCH", "/api/users/me", { email, password: PASSWORD });
}

function linkIn(mail: string, kind: "token" | "code"): string {
  return new RegExp(`^https://meals\\.example/[a-z]+#${kind}=(\\S+)$`, "m").exec(mail)?.[1] ?? "";
}

async function prove(mail: string): Promise<Response> {
  return post("verify", { token: linkIn(mail, "token") });
}

function myself(person: Person): Promise<User> {
  return person.json("GET", "/api/users/me");
}

test("a new account begins at once, and its address is proved by the link that is sent there", async () => {
  const person = await register(stack.url);
  expect(person.user).toMatchObject({ emailVerified: false, pendingEmail: null });
  const mail = await mailbox.next(person.user.email);
  const answer = await prove(mail);
  expect(await answer.json()).toEqual({ email: person.user.email });
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(await myself(person)).toMatchObject({ emailVerified: true, pendingEmail: null });
  await expectProblem(await prove(mail), "gone");
});

test("links that were never sent, or are a day old, prove nothing", async () => {
  const { user } = await register(stack.url);
  const mail = await mailbox.next(user.email);
  await expectProblem(await post("verify", { token: "x".repeat(43) }), "gone");
  const past = { $set: { expiresAt: new Date(Date.now() - 1) } };
  await database.db.collection("emailtokens").updateMany({ userId: new ObjectId(user._id) }, past);
  await expectProblem(await prove(mail), "gone");
});

test("who has forgotten the password gets a mail that lets them set another, once", async () => {
  const { user } = await register(stack.url);
  await mailbox.next(user.email);
  const asked = await post("recover", { email: user.email });
  expect([asked.status, await asked.json()]).toEqual([202, { mail: true }]);
  const code = linkIn(await mailbox.next(user.email, 1), "code");
  const body = { email: user.email, code, password: NEXT };
  expect((await post("recover", body)).status).toBe(204);
  const again = await enter(stack.url, "login", { email: user.email, password: NEXT });
  expect((await myself(again)).emailVerified).toBe(true);
  await expectProblem(await post("recover", body), "wrong-code");
});

test("nobody learns from it whether there is such an account, and nobody else gets a mail", async () => {
  const { user } = await register(stack.url);
  const answers = [
    await post("recover", { email: user.email }),
    await post("recover", { email: "nobody@example.com" }),
  ];
  const told = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]));
  expect(told[0]).toEqual(told[1]);
  await mailbox.next(user.email, 1);
  expect(await mailbox.to("nobody@example.com")).toEqual([]);
});

test("a new address waits until it is proved; until then the old one signs in, and is told", async () => {
  const person = await register(stack.url);
  await prove(await mailbox.next(person.user.email));
  const email = "moved@example.com";
  expect(await (await changeAddress(person, email)).json()).toMatchObject({
    email: person.user.email,
    emailVerified: true,
    pendingEmail: email,
  });
  expect(await mailbox.next(person.user.email, 1)).toContain(email);
  await enter(stack.url, "login", { email: person.user.email, password: PASSWORD });
  expect((await prove(await mailbox.next(email))).status).toBe(200);
  expect(await myself(person)).toMatchObject({ email, emailVerified: true, pendingEmail: null });
  await enter(stack.url, "login", { email, password: PASSWORD });
});

test("a change of address that was taken back is not made by its link", async () => {
  const person = await register(stack.url);
  expect((await changeAddress(person, "regretted@example.com")).status).toBe(200);
  const mail = await mailbox.next("regretted@example.com");
  expect((await changeAddress(person, person.user.email)).status).toBe(200);
  await expectProblem(await prove(mail), "gone");
  expect((await myself(person)).email).toBe(person.user.email);
});

test("who changes the password is safe from an address that somebody else has asked for", async () => {
  const person = await register(stack.url);
  expect((await changeAddress(person, "mallory@example.com")).status).toBe(200);
  const mail = await mailbox.next("mallory@example.com");
  await person.json("POST", "/api/users/password", { current: PASSWORD, next: NEXT });
  await expectProblem(await prove(mail), "gone");
  expect(await myself(person)).toMatchObject({ email: person.user.email, pendingEmail: null });
});

test("an address that somebody else has is asked for alike, and stays theirs", async () => {
  const [person, other] = [await register(stack.url), await register(stack.url)];
  await mailbox.next(other.user.email);
  expect((await changeAddress(person, other.user.email)).status).toBe(200);
  await expectProblem(await prove(await mailbox.next(other.user.email, 1)), "email-taken");
  expect((await myself(person)).email).toBe(person.user.email);
});

test("a member is told when an owner vouches for them", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  await mailbox.next(grace.user.email);
  const path = `/api/households/${home.household._id}/members/${grace.user._id}/vouch`;
  const { code } = await home.owner.json<Vouch>("POST", path);
  const mail = await mailbox.next(grace.user.email, 1);
  expect(mail).toContain("Ada has made a code");
  expect(mail).toContain("Ada's home");
  expect(mail).not.toContain(code);
});

test("whoever made an account with somebody else's address keeps no way into it", async () => {
  const squatter = await register(stack.url, "Mallory");
  const { email } = squatter.user;
  const body = { password: PASSWORD };
  const { codes } = await squatter.json<{ codes: string[] }>("POST", "/api/users/recovery-codes", body);
  const options = await squatter.json<CreationOptions>("POST", "/api/users/passkeys/options");
  const response = new Authenticator(ORIGIN).create(options);
  await squatter.json("POST", "/api/users/passkeys", { name: "Mine", response });
  await mailbox.next(email);
  await post("recover", { email });
  const code = linkIn(await mailbox.next(email, 1), "code");
  expect((await post("recover", { email, code, password: NEXT })).status).toBe(204);
  await expectProblem(await squatter.request("GET", "/api/users/me"), "signed-out");
  await expectProblem(await post("recover", { email, code: codes[0], password: PASSWORD }), "wrong-code");
  const owner = await enter(stack.url, "login", { email, password: NEXT });
  expect(await owner.json("GET", "/api/users/passkeys")).toEqual({ passkeys: [] });
});

test("nobody's mailbox is filled by somebody else, and an address that nobody has is limited alike", async () => {
  const { user } = await register(stack.url);
  for (const email of [user.email, "nobody.at.all@example.com"]) {
    const statuses: number[] = [];
    while (statuses.length < 6) statuses.push((await post("recover", { email })).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  }
});

test("what stands in a mail is stored so that nobody can read it", async () => {
  const { user } = await register(stack.url);
  await post("recover", { email: user.email });
  const mails = [await mailbox.next(user.email), await mailbox.next(user.email, 1)];
  const secrets = mails.map((mail) => linkIn(mail, "token") || linkIn(mail, "code"));
  const stored = await database.everything();
  for (const secret of secrets) {
    expect(secret).not.toBe("");
    expect(stored).not.toContain(secret);
  }
});

test("nothing is left in the database of the address of a deleted account", async () => {
  const person = await register(stack.url);
  await mailbox.next(person.user.email);
  await person.json("DELETE", "/api/users/me", { password: PASSWORD });
  expect(await database.everything()).not.toContain(person.user.email);
});
