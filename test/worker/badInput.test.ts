import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { DatabaseView } from "../support/databaseView.ts";
import { join, makeHome, Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import {
  ACCOUNT_ROUTES,
  type ApiRoute,
  type Belongings,
  furnish,
  INVITE_ROUTES,
  LAST_ROUTES,
  OWN_ROUTES,
  routesAbout,
  routesOf,
} from "./apiRoutes.ts";

let stack: Stack;
let database: DatabaseView;
let belongings: Belongings;
let owner: Person;
let member: Person;
let before: string;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
  const home = await makeHome(stack.url);
  belongings = await furnish(home);
  owner = home.owner;
  member = await join(home, "Grace");
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

beforeEach(async () => {
  before = await database.everything();
});

afterEach(async () => {
  expect(await database.everything(), "a refused request changed something").toBe(before);
});

function allRoutes(): readonly ApiRoute[] {
  return [...ACCOUNT_ROUTES, ...INVITE_ROUTES, ...OWN_ROUTES, ...LAST_ROUTES, ...routesOf(belongings)];
}

function routesWithBody(): readonly (ApiRoute & { body: Readonly<Record<string, unknown>> })[] {
  return allRoutes().flatMap((route) => (route.body ? [{ ...route, body: route.body }] : []));
}

function nameOf({ method, path }: ApiRoute): string {
  return `${method} ${path}`;
}

function send(route: ApiRoute, text: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(stack.url + route.path, {
    method: route.method,
    headers: { cookie: owner.cookie, "content-type": "application/json", ...headers },
    body: text,
  });
}

describe("a body that a route does not take is refused with the field that is wrong", () => {
  test("a query operator, or any object, where another value belongs", async () => {
    for (const route of routesWithBody()) {
      for (const field of Object.keys(route.body)) {
        for (const operator of [{ $ne: "" }, { $gt: 0 }, { $where: "sleep(1)" }]) {
          const what = `${nameOf(route)} with ${field}: ${JSON.stringify(operator)}`;
          const response = await owner.request(route.method, route.path, {
            ...route.body,
            [field]: operator,
          });
          const problem = await expectProblem(response, "invalid-body", what);
          expect(
            problem.fields?.map(({ path }) => path),
            what,
          ).toContain(field);
        }
      }
    }
  });

  test("a value of another type", async () => {
    for (const route of routesWithBody()) {
      for (const [field, good] of Object.entries(route.body)) {
        for (const bad of [true, typeof good === "string" ? 7 : "seven", [[]], Number.MAX_VALUE]) {
          const what = `${nameOf(route)} with ${field}: ${JSON.stringify(bad)}`;
          const response = await owner.request(route.method, route.path, { ...route.body, [field]: bad });
          await expectProblem(response, "invalid-body", what);
        }
      }
    }
  });

  test("a required field that is missing", async () => {
    for (const route of routesWithBody()) {
      for (const field of route.required ?? []) {
        const { [field]: _, ...rest } = route.body;
        const what = `${nameOf(route)} without ${field}`;
        const problem = await expectProblem(
          await owner.request(route.method, route.path, rest),
          "invalid-body",
          what,
        );
        expect(
          problem.fields?.map(({ path }) => path),
          what,
        ).toContain(field);
      }
    }
  });

  test("a field that nobody knows", async () => {
    for (const route of routesWithBody()) {
      const body = { ...route.body, memberIds: ["000000000000000000000000"] };
      await expectProblem(await owner.request(route.method, route.path, body), "invalid-body", nameOf(route));
    }
  });

  test("a change of nothing", async () => {
    for (const route of routesWithBody().filter(({ method }) => method === "PATCH")) {
      await expectProblem(await owner.request("PATCH", route.path, {}), "invalid-body", nameOf(route));
    }
  });

  test("text that is too long, empty, or no date", async () => {
    const { recipe, home } = belongings;
    const plan = `/api/mealplans/${home.plan._id}`;
    const cases: readonly (readonly [string, string, unknown])[] = [
      ["PATCH", `/api/recipes/${recipe._id}`, { title: "x".repeat(201) }],
      ["PATCH", `/api/recipes/${recipe._id}`, { title: "  " }],
      ["PATCH", `/api/recipes/${recipe._id}`, { image: "javascript:alert(1)" }],
      ["PATCH", `/api/recipes/${recipe._id}`, { steps: Array.from({ length: 101 }, () => "stir") }],
      ["PATCH", `/api/recipes/${recipe._id}`, { servings: 0 }],
      ["PATCH", `/api/recipes/${recipe._id}`, { ingredients: [{ name: { $ne: 1 } }] }],
      ["POST", `${plan}/entries`, { day: "someday", meal: "lunch", title: "Salad" }],
      ["POST", `${plan}/entries`, { _id: "short", day: "monday", meal: "lunch", title: "Salad" }],
      ["POST", `${plan}/entries`, { day: "monday", meal: "lunch", recipeId: "no id" }],
      ["POST", `${plan}/shares`, { expiresAt: "2001-01-01T00:00:00Z" }],
      ["POST", `${plan}/shares`, { expiresAt: "soon" }],
      ["POST", "/api/users/register", { email: "no address", name: "A", password: "a long password" }],
      ["POST", "/api/users/register", { email: "a@example.com", name: "A", password: "short" }],
    ];
    for (const [method, path, body] of cases) {
      const what = `${method} ${path} ${JSON.stringify(body).slice(0, 80)}`;
      await expectProblem(await owner.request(method, path, body), "invalid-body", what);
    }
  });
});

describe("a body that is not a JSON object is refused", () => {
  test("as no JSON", async () => {
    for (const route of routesWithBody()) {
      await expectProblem(await send(route, '{"title": '), "invalid-json", nameOf(route));
      await expectProblem(await send(route, ""), "invalid-json", nameOf(route));
    }
  });

  test("as another kind of JSON", async () => {
    for (const route of routesWithBody()) {
      for (const text of ["null", "[]", '"text"', "17", '[{"$ne": null}]']) {
        await expectProblem(await send(route, text), "invalid-body", `${nameOf(route)} ${text}`);
      }
    }
  });

  test("as another media type", async () => {
    for (const route of routesWithBody()) {
      const text = JSON.stringify(route.body);
      const response = await send(route, text, { "content-type": "text/plain" });
      await expectProblem(response, "unsupported-media-type", nameOf(route));
    }
  });

  test("as too large, at ten megabytes", async () => {
    const text = JSON.stringify({ title: "x".repeat(10_000_000) });
    for (const route of routesWithBody()) {
      await expectProblem(await send(route, text), "too-large", nameOf(route));
    }
  });
});

describe("an id", () => {
  test("that is none is refused as such", async () => {
    const ids = { recipe: "1", household: "%24ne", member: "z", plan: "null", entry: "-1", share: "a b" };
    for (const route of routesAbout(ids)) {
      await expectProblem(
        await owner.request(route.method, route.path, route.body),
        "invalid-id",
        nameOf(route),
      );
    }
  });

  test("of nothing is not found", async () => {
    const none = "0123456789abcdef01234567";
    const ids = { recipe: none, household: none, member: none, plan: none, entry: none, share: none };
    for (const route of routesAbout(ids)) {
      await expectProblem(
        await owner.request(route.method, route.path, route.body),
        "not-found",
        nameOf(route),
      );
    }
  });

  test("of a dish, a link or a member that is elsewhere is not found", async () => {
    const { home } = belongings;
    const none = "0123456789abcdef01234567";
    const plan = `/api/mealplans/${home.plan._id}`;
    const routes = [
      ["PATCH", `${plan}/entries/${none}`, { title: "Other" }],
      ["DELETE", `${plan}/entries/${none}`, undefined],
      ["DELETE", `${plan}/shares/${none}`, undefined],
      ["DELETE", `/api/households/${home.household._id}/members/${none}`, undefined],
    ] as const;
    for (const [method, path, body] of routes) {
      await expectProblem(await owner.request(method, path, body), "not-found", `${method} ${path}`);
    }
  });
});

describe("whoever has no right", () => {
  test("is asked to sign in when nobody is", async () => {
    for (const route of allRoutes().filter(({ open }) => !open)) {
      const nobody = new Person(stack.url, "", owner.user);
      await expectProblem(
        await nobody.request(route.method, route.path, route.body),
        "signed-out",
        nameOf(route),
      );
    }
  });

  test("is asked to sign in when the cookie is forged", async () => {
    const [name, value = ""] = owner.cookie.split("=");
    const text = decodeURIComponent(value);
    const signature = text.slice(text.lastIndexOf(".") + 1);
    const forged = text.replace(owner.user._id, member.user._id);
    const cookies = [
      `${name}=${encodeURIComponent(forged)}`,
      `${name}=${encodeURIComponent(`{}.${signature}`)}`,
      `${name}=`,
    ];
    for (const cookie of cookies) {
      const forger = new Person(stack.url, cookie, owner.user);
      for (const route of allRoutes().filter(({ open }) => !open)) {
        await expectProblem(
          await forger.request(route.method, route.path, route.body),
          "signed-out",
          nameOf(route),
        );
      }
    }
  });

  test("is told that nothing is there when it is somebody else's", async () => {
    const stranger = await makeHome(stack.url, "Mallory");
    before = await database.everything();
    for (const route of routesOf(belongings)) {
      const response = await stranger.owner.request(route.method, route.path, route.body);
      await expectProblem(response, "not-found", nameOf(route));
    }
  });

  test("is refused when a page of another origin writes", async () => {
    const writes = allRoutes().filter(({ method }) => method !== "GET");
    for (const route of writes) {
      const response = await fetch(stack.url + route.path, {
        method: route.method,
        headers: {
          cookie: owner.cookie,
          origin: "https://evil.example",
          ...(route.body && { "content-type": "application/json" }),
        },
        ...(route.body && { body: JSON.stringify(route.body) }),
      });
      await expectProblem(response, "foreign-origin", nameOf(route));
    }
  });

  test("is forbidden what only the owner may do", async () => {
    const household = `/api/households/${belongings.home.household._id}`;
    await expectProblem(await member.request("DELETE", household), "forbidden");
    await expectProblem(
      await member.request("DELETE", `${household}/members/${owner.user._id}`),
      "forbidden",
    );
  });
});

describe("a recipe of another household", () => {
  test("can't be put on a plan", async () => {
    const stranger = await furnish(await makeHome(stack.url, "Trudy"));
    before = await database.everything();
    const entries = `/api/mealplans/${belongings.home.plan._id}/entries`;
    const wish = { day: "monday", meal: "snack", recipeId: stranger.recipe._id };
    const added = await expectProblem(await owner.request("POST", entries, wish), "invalid-body");
    expect(added.fields?.[0]?.path).toBe("recipeId");
    const change = { recipeId: stranger.recipe._id };
    const path = `${entries}/${belongings.entryId}`;
    const changed = await expectProblem(await owner.request("PATCH", path, change), "invalid-body");
    expect(changed.fields?.[0]?.path).toBe("recipeId");
  });

  test("can't be made for it", async () => {
    const stranger = await makeHome(stack.url, "Oscar");
    before = await database.everything();
    const wish = { title: "Bread", householdId: stranger.household._id };
    const problem = await expectProblem(await owner.request("POST", "/api/recipes", wish), "invalid-body");
    expect(problem.fields?.[0]?.path).toBe("householdId");
  });
});

test("a week that is none, or far away, makes no plan", async () => {
  const plans = `/api/households/${belongings.home.household._id}/mealplans`;
  for (const week of ["2026-W54", "now", "2026-47", ""]) {
    await expectProblem(await owner.request("GET", `${plans}?week=${week}`), "invalid-query", week);
  }
  await expectProblem(await owner.request("GET", `${plans}?week=2099-W01`), "not-found");
});

test("an unknown or malformed invitation is not found", async () => {
  for (const token of ["x", "A".repeat(43), "%7B%22%24ne%22%3A1%7D"]) {
    await expectProblem(await owner.request("POST", `/api/invites/${token}/accept`), "not-found", token);
  }
});
