import { describe, expect, test } from "vitest";

import { makeHome, Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { furnish, routesAbout, routesOf } from "./apiRoutes.ts";
import { nameOf, Untouched } from "./untouched.ts";

const untouched = new Untouched();

describe("an id", () => {
  test("that is none is refused as such", async () => {
    const ids = {
      recipe: "1",
      household: "%24ne",
      member: "z",
      plan: "null",
      entry: "-1",
      share: "a b",
      line: "1x",
    };
    for (const route of routesAbout(ids)) {
      await expectProblem(
        await untouched.owner.request(route.method, route.path, route.body),
        "invalid-id",
        nameOf(route),
      );
    }
  });

  test("of nothing is not found", async () => {
    const none = "0123456789abcdef01234567";
    const ids = {
      recipe: none,
      household: none,
      member: none,
      plan: none,
      entry: none,
      share: none,
      line: none,
    };
    for (const route of routesAbout(ids)) {
      await expectProblem(
        await untouched.owner.request(route.method, route.path, route.body),
        "not-found",
        nameOf(route),
      );
    }
  });

  test("of a dish, a link or a untouched.member that is elsewhere is not found", async () => {
    const { home } = untouched.belongings;
    const none = "0123456789abcdef01234567";
    const plan = `/api/mealplans/${home.plan._id}`;
    const routes = [
      ["PATCH", `${plan}/entries/${none}`, { title: "Other" }],
      ["DELETE", `${plan}/entries/${none}`, undefined],
      ["DELETE", `${plan}/shares/${none}`, undefined],
      ["DELETE", `/api/households/${home.household._id}/members/${none}`, undefined],
    ] as const;
    for (const [method, path, body] of routes) {
      await expectProblem(
        await untouched.owner.request(method, path, body),
        "not-found",
        `${method} ${path}`,
      );
    }
  });
});

describe("whoever has no right", () => {
  test("is asked to sign in when nobody is", async () => {
    for (const route of untouched.routes.filter(({ open }) => !open)) {
      const nobody = new Person(untouched.stack.url, "", untouched.owner.user);
      await expectProblem(
        await nobody.request(route.method, route.path, route.body),
        "signed-out",
        nameOf(route),
      );
    }
  });

  test("is asked to sign in when the cookie is forged", async () => {
    const [name, value = ""] = untouched.owner.cookie.split("=");
    const text = decodeURIComponent(value);
    const signature = text.slice(text.lastIndexOf(".") + 1);
    const forged = text.replace(untouched.owner.user._id, untouched.member.user._id);
    const cookies = [
      `${name}=${encodeURIComponent(forged)}`,
      `${name}=${encodeURIComponent(`{}.${signature}`)}`,
      `${name}=`,
    ];
    for (const cookie of cookies) {
      const forger = new Person(untouched.stack.url, cookie, untouched.owner.user);
      for (const route of untouched.routes.filter(({ open }) => !open)) {
        await expectProblem(
          await forger.request(route.method, route.path, route.body),
          "signed-out",
          nameOf(route),
        );
      }
    }
  });

  test("is told that nothing is there when it is somebody else's", async () => {
    const stranger = await makeHome(untouched.stack.url, "Mallory");
    await untouched.rebase();
    for (const route of routesOf(untouched.belongings)) {
      const response = await stranger.owner.request(route.method, route.path, route.body);
      await expectProblem(response, "not-found", nameOf(route));
    }
  });

  test("is refused when a page of another origin writes", async () => {
    const writes = untouched.routes.filter(({ method }) => method !== "GET");
    for (const route of writes) {
      const response = await fetch(untouched.stack.url + route.path, {
        method: route.method,
        headers: {
          cookie: untouched.owner.cookie,
          origin: "https://evil.example",
          ...(route.body && { "content-type": "application/json" }),
        },
        ...(route.body && { body: JSON.stringify(route.body) }),
      });
      await expectProblem(response, "foreign-origin", nameOf(route));
    }
  });

  test("is forbidden what only the untouched.owner may do", async () => {
    const household = `/api/households/${untouched.belongings.home.household._id}`;
    await expectProblem(await untouched.member.request("DELETE", household), "forbidden");
    await expectProblem(
      await untouched.member.request("DELETE", `${household}/members/${untouched.owner.user._id}`),
      "forbidden",
    );
  });
});

describe("a recipe of another household", () => {
  test("can't be put on a plan", async () => {
    const stranger = await furnish(await makeHome(untouched.stack.url, "Trudy"));
    await untouched.rebase();
    const entries = `/api/mealplans/${untouched.belongings.home.plan._id}/entries`;
    const wish = { day: "monday", meal: "snack", recipeId: stranger.recipe._id };
    const added = await expectProblem(await untouched.owner.request("POST", entries, wish), "invalid-body");
    expect(added.fields?.[0]?.path).toBe("recipeId");
    const change = { recipeId: stranger.recipe._id };
    const path = `${entries}/${untouched.belongings.entryId}`;
    const changed = await expectProblem(await untouched.owner.request("PATCH", path, change), "invalid-body");
    expect(changed.fields?.[0]?.path).toBe("recipeId");
  });

  test("can't be made for it", async () => {
    const stranger = await makeHome(untouched.stack.url, "Oscar");
    await untouched.rebase();
    const wish = { title: "Bread", householdId: stranger.household._id };
    const problem = await expectProblem(
      await untouched.owner.request("POST", "/api/recipes", wish),
      "invalid-body",
    );
    expect(problem.fields?.[0]?.path).toBe("householdId");
  });
});

test("a week that is none, or far away, makes no plan", async () => {
  const plans = `/api/households/${untouched.belongings.home.household._id}/mealplans`;
  for (const week of ["2026-W54", "now", "2026-47", ""]) {
    await expectProblem(await untouched.owner.request("GET", `${plans}?week=${week}`), "invalid-query", week);
  }
  await expectProblem(await untouched.owner.request("GET", `${plans}?week=2099-W01`), "not-found");
});

test("an unknown or malformed invitation is not found", async () => {
  for (const token of ["x", "A".repeat(43), "%7B%22%24ne%22%3A1%7D"]) {
    await expectProblem(
      await untouched.owner.request("POST", `/api/invites/${token}/accept`),
      "not-found",
      token,
    );
  }
});
