import { afterAll, beforeAll, expect, test } from "vitest";

import type { User } from "../../protocol/user.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { enter, Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

function post(door: string, body: unknown): Promise<Response> {
  return new Person(stack.url, "", { _id: "", email: "", name: "" }).request(
    "POST",
    `/api/users/${door}`,
    body,
  );
}

test("whoever registers is signed in, and can sign in again", async () => {
  const body = { email: "ada@example.com", name: "Ada", password: "correct horse" };
  const ada = await enter(stack.url, "register", body);
  expect(ada.user).toEqual({ _id: expect.stringMatching(/^[0-9a-f]{24}$/), email: body.email, name: "Ada" });
  expect(await ada.json<User>("GET", "/api/users/me")).toEqual(ada.user);
  const again = await enter(stack.url, "login", { email: body.email, password: body.password });
  expect(again.user).toEqual(ada.user);
  expect(await again.json<User>("GET", "/api/users/me")).toEqual(ada.user);
});

test("an address is the same whatever its case and the spaces around it", async () => {
  const password = "correct horse";
  const grace = await enter(stack.url, "register", { email: " Grace@Example.COM ", name: "Grace", password });
  expect(grace.user.email).toBe("grace@example.com");
  await expectProblem(
    await post("register", { email: "GRACE@example.com", name: "Other", password }),
    "email-taken",
  );
  expect((await enter(stack.url, "login", { email: "gRaCe@eXample.com", password })).user).toEqual(
    grace.user,
  );
});

test("of many who register one address at the same moment, one gets it", async () => {
  const body = { email: "race@example.com", name: "Racer", password: "correct horse" };
  const answers = await Promise.all(Array.from({ length: 4 }, () => post("register", body)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  expect(await database.db.collection("users").countDocuments({ email: body.email })).toBe(1);
});

test("an unknown address and a wrong password get the same answer", async () => {
  const known = await register(stack.url);
  const wrong = await post("login", { email: known.user.email, password: "not the password" });
  const unknown = await post("login", { email: "nobody@example.com", password: "not the password" });
  const answers = [wrong, unknown].map((response) => expectProblem(response, "wrong-credentials"));
  const [one, other] = await Promise.all(answers);
  expect(one).toEqual(other);
  expect(wrong.headers.get("set-cookie")).toBeNull();
});

test("the cookie is out of reach of scripts and of other sites' requests", async () => {
  const response = await post("register", {
    email: "cook@example.com",
    name: "C",
    password: "correct horse",
  });
  const [cookie = ""] = response.headers.getSetCookie();
  expect(cookie).toMatch(/;\s*HttpOnly/i);
  expect(cookie).toMatch(/;\s*SameSite=Lax/i);
});

test("after signing out the cookie opens nothing, however often one signs out", async () => {
  const person = await register(stack.url);
  expect((await person.request("POST", "/api/users/logout")).status).toBe(204);
  await expectProblem(await person.request("GET", "/api/users/me"), "signed-out");
  expect((await person.request("POST", "/api/users/logout")).status).toBe(204);
  expect((await post("logout", undefined)).status).toBe(204);
});

test("no password is stored, and none is told", async () => {
  const secret = "an unmistakable secret";
  const person = await enter(stack.url, "register", { email: "s@example.com", name: "S", password: secret });
  expect(JSON.stringify(person.user)).not.toContain("password");
  const everything = await database.everything();
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(Buffer.from(secret).toString("base64"));
});

test("two people with one password have different hashes", async () => {
  const users = database.db.collection("users");
  const [one, other] = await Promise.all([register(stack.url), register(stack.url)]);
  const hashes = await users
    .find({ email: { $in: [one.user.email, other.user.email] } })
    .map((user) => user["password"].hash as string)
    .toArray();
  expect(new Set(hashes).size).toBe(2);
});

test("an account that was damaged by hand lets nobody in and breaks nothing", async () => {
  const person = await register(stack.url);
  const damaged = {
    algorithm: "scrypt",
    cost: 2 ** 30,
    blockSize: 8,
    parallelization: 1,
    salt: "",
    hash: "",
  };
  await database.db
    .collection("users")
    .updateOne({ email: person.user.email }, { $set: { password: damaged, name: 7 } });
  const login = await post("login", { email: person.user.email, password: "a long password" });
  await expectProblem(login, "wrong-credentials");
  expect((await person.json<User>("GET", "/api/users/me")).email).toBe(person.user.email);
});
