import { afterAll, beforeAll, expect, test } from "vitest";

import { enter, register } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

function guess(email: string): Promise<Response> {
  return fetch(`${stack.url}/api/users/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "a wrong password" }),
  });
}

test("whoever guesses the password of one account is slowed down; other accounts are not", async () => {
  const victim = await register(stack.url);
  const other = await register(stack.url);
  const statuses = new Set<number>();
  // The limit is 100 a minute, and a minute may begin in between.
  for (let round = 0; round < 21 && !statuses.has(429); round++) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => guess(victim.user.email)));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([401, 429]);
  const slowed = await guess(victim.user.email.toUpperCase());
  expect(await slowed.json()).toMatchObject({ code: "too-many-attempts" });
  expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(0);
  await enter(stack.url, "login", { email: other.user.email, password: "a long password" });
});
