import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Home, makeHome, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { SocketReader } from "../support/socketReader.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let home: Home;

beforeAll(async () => {
  stack = await startStack();
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

/** Sends a body as it is. */
function post(path: string, body: string): Promise<Response> {
  return fetch(stack.url + path, {
    method: "POST",
    headers: { cookie: home.owner.cookie, "content-type": "application/json" },
    body,
  });
}

function account(more: object): string {
  const email = `attack${Math.random()}@example.com`;
  return JSON.stringify({ email, name: "Mallory", password: "a long password", ...more });
}

describe("nobody registers with", () => {
  const passwords = ["        ", "password", "PASSWORD ", "12345678", "aaaaaaaaaaaa", "qwertyuiop"];
  test.each(passwords)("the password %j, which is among the first to be tried", async (password) => {
    const refused = await post("/api/users/register", account({ password }));
    const { fields } = await expectProblem(refused, "invalid-body");
    expect(fields?.[0]?.path).toBe("password");
  });

  const names = ["Jane\u202eeoD", "Jane\u0000", "Ja\u200bne", "Jane\u001b[31m", "\u2066Jane\u2069", "a\nb"];
  test.each(names)("the name %j, which is not what it looks like", async (name) => {
    await expectProblem(await post("/api/users/register", account({ name })), "invalid-body");
    await expectProblem(await post("/api/households", JSON.stringify({ name })), "invalid-body");
  });
});

test("a name in any script, and with any emoji, is a name", async () => {
  for (const name of ["Žofie", "محمد", "李雷", "👩‍👩‍👧 Does", "O'Brien-Łuk"])
    expect((await post("/api/households", JSON.stringify({ name }))).status, name).toBe(201);
});

test("JSON that is nested too deeply is refused as such, whatever the route", async () => {
  const depth = 40_000;
  for (const text of [
    "[".repeat(depth),
    '{"a":'.repeat(depth),
    `{"name":${"[".repeat(300)}${"]".repeat(300)}}`,
  ]) {
    await expectProblem(await post("/api/households", text), "invalid-json");
    await expectProblem(await post("/api/users/login", text), "invalid-json");
  }
  const harmless = JSON.stringify({ name: `"${"[{".repeat(30)}\\` });
  expect((await post("/api/households", harmless)).status).toBe(201);
});

test("a picture's path leads to no other server, however it is written", async () => {
  const cook = (await makeHome(stack.url, "Cook")).owner;
  for (const image of [
    "/\\evil.example/x.png",
    "//evil.example/x.png",
    "/\t/evil.example/x.png",
    "/\n/evil.example",
  ]) {
    const refused = await cook.request("POST", "/api/recipes", { title: "Soup", image });
    await expectProblem(refused, "invalid-body", JSON.stringify(image));
  }
  const own = { title: "Soup", image: "/pictures/soup.png" };
  expect((await cook.request("POST", "/api/recipes", own)).status).toBe(201);
});

test("a socket that talks anything but ping is closed as a breach of the protocol", async () => {
  for (const nonsense of ["hello", "{}", "PING", " ping"]) {
    const url = `${stack.url}/api/streams/mealplans/${home.plan._id}`;
    const reader = new SocketReader(url, { cookie: home.owner.cookie });
    await reader.until(() => reader.named("live").length > 0, "live");
    reader.socket.send("ping");
    reader.socket.send(nonsense);
    await reader.until(() => reader.closed !== null, "the end");
    expect(reader.closed).toMatchObject({ code: 1008 });
  }
});

test("a part of the page that is not there is not found, and no cache keeps that", async () => {
  const missing = await fetch(`${stack.url}/assets/index-00000000.js`);
  expect(missing.headers.get("cache-control")).toBe("no-store");
  await expectProblem(missing, "not-found");
  const page = await (await fetch(stack.url)).text();
  const [, path = ""] = /src="(\/assets\/[^"]+)"/.exec(page) ?? [];
  const part = await fetch(stack.url + path);
  expect(part.status).toBe(200);
  expect(part.headers.get("cache-control")).toContain("immutable");
  expect(part.headers.get("content-type")).toContain("javascript");
});

test("other sites can't embed what the API answers, and one rule says that all is https", async () => {
  const answers = await Promise.all(["/api/users/me", "/"].map((path) => fetch(stack.url + path)));
  expect(answers[0]?.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  const [one, other] = answers.map(({ headers }) => headers.get("strict-transport-security"));
  expect(one).toBe(other);
});

test("away from this machine a session's cookie is for https only, and for this host only", async () => {
  const { user } = await register(stack.url);
  const elsewhere = await stack.harness.fetch("http://meals.example/api/users/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: "a long password" }),
  });
  expect(elsewhere.status).toBe(200);
  for (const cookie of elsewhere.headers.getSetCookie()) {
    expect(cookie).toMatch(/^__Host-/);
    expect(cookie).toMatch(/;\s*Secure/i);
  }
});
