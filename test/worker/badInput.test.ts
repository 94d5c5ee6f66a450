import { describe, expect, test } from "vitest";

import { expectProblem } from "../support/problems.ts";
import type { ApiRoute } from "./apiRoutes.ts";
import { nameOf, Untouched } from "./untouched.ts";

const untouched = new Untouched();

function routesWithBody(): readonly (ApiRoute & { body: Readonly<Record<string, unknown>> })[] {
  return untouched.routes.flatMap((route) => (route.body ? [{ ...route, body: route.body }] : []));
}

function send(route: ApiRoute, text: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(untouched.stack.url + route.path, {
    method: route.method,
    headers: { cookie: untouched.owner.cookie, "content-type": "application/json", ...headers },
    body: text,
  });
}

describe("a body that a route does not take is refused with the field that is wrong", () => {
  test("a query operator, or any object, where another value belongs", async () => {
    for (const route of routesWithBody()) {
      for (const field of Object.keys(route.body)) {
        for (const operator of [{ $ne: "" }, { $gt: 0 }, { $where: "sleep(1)" }]) {
          const what = `${nameOf(route)} with ${field}: ${JSON.stringify(operator)}`;
          const response = await untouched.owner.request(route.method, route.path, {
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
        for (const bad of [
          typeof good === "boolean" ? 1 : true,
          typeof good === "string" ? 7 : "seven",
          [[]],
          Number.MAX_VALUE,
        ]) {
          const what = `${nameOf(route)} with ${field}: ${JSON.stringify(bad)}`;
          const response = await untouched.owner.request(route.method, route.path, {
            ...route.body,
            [field]: bad,
          });
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
          await untouched.owner.request(route.method, route.path, rest),
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
      await expectProblem(
        await untouched.owner.request(route.method, route.path, body),
        "invalid-body",
        nameOf(route),
      );
    }
  });

  test("a change of nothing", async () => {
    for (const route of routesWithBody().filter(({ method }) => method === "PATCH")) {
      await expectProblem(
        await untouched.owner.request("PATCH", route.path, {}),
        "invalid-body",
        nameOf(route),
      );
    }
  });

  test("text that is too long, empty, or no date", async () => {
    const { recipe, home } = untouched.belongings;
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
      await expectProblem(await untouched.owner.request(method, path, body), "invalid-body", what);
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
