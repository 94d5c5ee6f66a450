import { afterAll, beforeAll, expect, test } from "vitest";

import { enter, newAddress, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const PASSWORD = "a long password";

/** Few, so that a test need not wait for many hashes. An address has a tenth of it, but at least two. */
const GUESSES_A_DAY = 5;
const OF_ADDRESS = 2;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ vars: { SIGN_IN_GUESSES_A_DAY: String(GUESSES_A_DAY) } });
});
afterAll(() => stack.stop());

function post(door: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${stack.url}/api/users/${door}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

function guess(email: string, address: string, password = "a wrong password"): Promise<Response> {
  return post("login", { email, password }, { "cf-connecting-ip": address });
}

/** Guesses so often, one after the other: each hash takes the runtime for itself. */
async function guesses(email: string, count: number, address = newAddress): Promise<readonly number[]> {
  const statuses: number[] = [];
  while (statuses.length < count) statuses.push((await guess(email, address())).status);
  return statuses;
}

function times(status: number, count: number): readonly number[] {
  return Array.from({ length: count }, () => status);
}

test("whoever guesses one account's password from one address gets a few tries", async () => {
  const { user } = await register(stack.url);
  const address = newAddress();
  const statuses = await guesses(user.email, 3, () => address);
  expect(statuses).toEqual([...times(401, OF_ADDRESS), 429]);
  const slowed = await guess(user.email.toUpperCase(), address, PASSWORD);
  expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(0);
  await expectProblem(slowed, "too-many-attempts");
  await enter(stack.url, "login", { email: user.email, password: PASSWORD });
});

test("all addresses together have a number of guesses a day; the owner's own browser is spared by them", async () => {
  const victim = await register(stack.url);
  const { email } = victim.user;
  const statuses = await guesses(email, GUESSES_A_DAY + 1);
  expect(statuses).toEqual([...times(401, GUESSES_A_DAY), 429]);
  await expectProblem(await guess(email, newAddress(), PASSWORD), "too-many-attempts");
  const own = { cookie: victim.cookie, "cf-connecting-ip": newAddress() };
  expect((await post("login", { email, password: PASSWORD }, own)).status).toBe(200);
});

test("a browser is known to the accounts that it has signed in to, and to no others", async () => {
  const [victim, attacker] = [await register(stack.url), await register(stack.url)];
  await guesses(victim.user.email, GUESSES_A_DAY);
  const foreign = { cookie: attacker.cookie, "cf-connecting-ip": newAddress() };
  const refused = await post("login", { email: victim.user.email, password: PASSWORD }, foreign);
  await expectProblem(refused, "too-many-attempts");
});

test("guesses at an address that nobody has are counted alike", async () => {
  const statuses = await guesses("nobody@example.com", GUESSES_A_DAY + 1);
  expect(statuses).toEqual([...times(401, GUESSES_A_DAY), 429]);
});

test("whoever signs in rightly uses nothing up", async () => {
  const { user } = await register(stack.url);
  const address = newAddress();
  for (let round = 0; round < 3; round++)
    expect((await guess(user.email, address, PASSWORD)).status).toBe(200);
});

function nobody(number: number) {
  return { email: `nobody${number}@example.com`, password: PASSWORD };
}

test("one address can't keep the hashes of many accounts busy; another still gets in", async () => {
  const own = { "cf-connecting-ip": newAddress() };
  // More than two periods allow: one may begin in between.
  const numbers = Array.from({ length: 60 }, (_, index) => index);
  const logins = await Promise.all(numbers.map((number) => post("login", nobody(number), own)));
  expect(new Set(logins.map(({ status }) => status))).toEqual(new Set([401, 429]));
  const newcomers = await Promise.all(
    numbers.map((number) => post("register", { ...nobody(number), name: "Nobody" }, own)),
  );
  expect(new Set(newcomers.map(({ status }) => status))).toEqual(new Set([201, 429]));
  await register(stack.url);
});

test("of the addresses of one IPv6 network all are one", async () => {
  const { user } = await register(stack.url);
  let host = 0;
  const statuses = await guesses(user.email, 3, () => `2001:db8::${(++host).toString(16)}:1`);
  expect(statuses).toEqual([...times(401, OF_ADDRESS), 429]);
});

test("codes are guessed as seldom as passwords, at an address that nobody has as well", async () => {
  const { user } = await register(stack.url);
  for (const email of [user.email, "nobody.else@example.com"]) {
    const body = { email, code: "0000-0000-0000-0000", password: "another long password" };
    const statuses: number[] = [];
    while (statuses.length <= GUESSES_A_DAY)
      statuses.push((await post("recover", body, { "cf-connecting-ip": newAddress() })).status);
    expect(statuses).toEqual([...times(401, GUESSES_A_DAY), 429]);
  }
  await enter(stack.url, "login", { email: user.email, password: PASSWORD });
});

test("whoever has guessed too often what the password was is let in by a code", async () => {
  const person = await register(stack.url);
  const { email } = person.user;
  const body = { password: PASSWORD };
  const { codes } = await person.json<{ codes: string[] }>("POST", "/api/users/recovery-codes", body);
  await guesses(email, GUESSES_A_DAY + 1);
  const recovery = { email, code: codes[0], password: "another long password" };
  expect((await post("recover", recovery, { "cf-connecting-ip": newAddress() })).status).toBe(204);
});

test("a stolen session does not guess the password more often than a stranger", async () => {
  const { user, cookie } = await register(stack.url);
  const stolen = { cookie: cookie.split("; ").find((part) => part.startsWith("session=")) ?? "" };
  const doors = [
    ["DELETE", "me"],
    ["PATCH", "me"],
    ["POST", "recovery-codes"],
  ] as const;
  const statuses: number[] = [];
  for (const [method, door] of doors) {
    const response = await fetch(`${stack.url}/api/users/${door}`, {
      method,
      headers: { ...stolen, "content-type": "application/json", "cf-connecting-ip": newAddress() },
      body: JSON.stringify({ password: "a wrong password", ...(method === "PATCH" && { name: "Mallory" }) }),
    });
    statuses.push(response.status);
  }
  statuses.push(...(await guesses(user.email, GUESSES_A_DAY - doors.length + 1)));
  expect(statuses).toEqual([...times(401, GUESSES_A_DAY), 429]);
});
