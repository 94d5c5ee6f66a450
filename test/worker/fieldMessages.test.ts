import { afterAll, beforeAll, expect, test } from "vitest";

import type { Problem } from "../../protocol/problem.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let home: Home;

beforeAll(async () => {
  stack = await startStack();
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

test.for([
  [
    "/api/users/register",
    { email: "nobody", name: "", password: "short" },
    {
      email: "This is not an email address",
      name: "This must not be empty",
      password: "At least 8 characters",
    },
  ],
  [
    "/api/recipes",
    { title: 5, servings: 1.5, tags: "soup", steps: [""] },
    {
      title: "This must be text",
      servings: "This must be a whole number",
      tags: "This must be a list",
      "steps.0": "This must not be empty",
    },
  ],
  ["/api/households", { name: "x".repeat(101) }, { name: "At most 100 characters" }],
  ["/api/households", { title: "ours" }, { name: "This is needed", "": "Unknown: title" }],
] as const)(
  "what is wrong is said field by field, in words for people: %s",
  async ([path, body, expected]) => {
    const response = await home.owner.request("POST", path, body);
    const { fields } = (await response.json()) as Problem;
    expect(Object.fromEntries(fields?.map(({ path: field, message }) => [field, message]) ?? [])).toEqual(
      expected,
    );
  },
);
