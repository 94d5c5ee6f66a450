import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import type { User } from "../../protocol/user.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { enter, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

const PASSWORD = "a long password";

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

function change(person: Person, patch: object, password = PASSWORD): Promise<Response> {
  return person.request("PATCH", "/api/users/me", { ...patch, password });
}

test("a new name is the person's in all households, and in every browser where they are signed in", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const elsewhere = await enter(stack.url, "login", { email: grace.user.email, password: PASSWORD });
  const answer = await change(grace, { name: "Grace Hopper" });
  expect(await answer.json()).toEqual({ ...grace.user, name: "Grace Hopper" });
  const { members } = await home.owner.json<Household>("GET", `/api/households/${home.household._id}`);
  expect(members.map(({ name }) => name)).toEqual(["Ada", "Grace Hopper"]);
  expect((await elsewhere.json<User>("GET", "/api/users/me")).name).toBe("Grace Hopper");
  const second = await elsewhere.json<Household>("POST", "/api/households", { name: "The other one" });
  expect(second.members.map(({ name }) => name)).toEqual(["Grace Hopper"]);
});

test("those who watch a household see a member's new name without asking again", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const url = `${stack.url}/api/streams/households/${home.household._id}`;
  const stream = await StreamReader.open(url, { headers: { cookie: home.owner.cookie } });
  onTestFinished(() => stream.close());
  await stream.untilEvent("live");
  expect((await change(grace, { name: "Amazing Grace" })).status).toBe(200);
  await stream.until(({ latest }) => JSON.stringify(latest).includes("Amazing Grace"), "the new name");
});

test("a new address signs in, and the old one is free for others", async () => {
  const person = await register(stack.url);
  const email = "new.address@example.com";
  expect(await (await change(person, { email: " New.Address@Example.com" })).json()).toEqual({
    ...person.user,
    email,
  });
  await enter(stack.url, "login", { email, password: PASSWORD });
  const old = { email: person.user.email, password: PASSWORD };
  await expect(enter(stack.url, "login", old)).rejects.toThrow("401");
  await enter(stack.url, "register", { ...old, name: "Somebody else" });
});

test("nobody takes the address of somebody else, and the name that came along is not changed either", async () => {
  const [one, other] = [await register(stack.url), await register(stack.url)];
  await expectProblem(await change(one, { email: other.user.email, name: "Other" }), "email-taken");
  expect(await one.json("GET", "/api/users/me")).toEqual(one.user);
});

test("without the right password nothing of an account is changed or deleted", async () => {
  const { owner } = await makeHome(stack.url);
  const before = await database.everything();
  const wrong = "not the password";
  await expectProblem(await change(owner, { name: "Mallory" }, wrong), "wrong-credentials");
  const removal = await owner.request("DELETE", "/api/users/me", { password: wrong });
  await expectProblem(removal, "wrong-credentials");
  expect(await database.everything()).toBe(before);
});

test("a person downloads all that is theirs: nothing of others, and no secrets", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const stranger = await makeHome(stack.url, "Mallory");
  await stranger.owner.json("POST", "/api/recipes", { title: "Secret stew" });
  const recipe = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Soup" });
  const response = await home.owner.request("GET", "/api/users/me/export");
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="mealcast-\d{4}-\d\d-\d\d\.json"$/,
  );
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    user: home.owner.user,
    households: [{ name: "Ada's home", members: [{ name: "Ada" }, { name: "Grace" }] }],
    plans: [{ _id: home.plan._id }],
    recipes: [recipe],
    invitations: [{ householdId: home.household._id, isUsed: true }],
    sessions: [{ isThisOne: true }],
  });
  for (const foreign of ["hash", "salt", "token", "Mallory", "Secret stew", grace.user.email])
    expect(text).not.toContain(foreign);
});

test("a download holds every recipe once, however many there are", async () => {
  const { owner, household } = await makeHome(stack.url);
  const recipes = Array.from({ length: 60 }, (_, index) => ({
    _id: new ObjectId(),
    householdId: new ObjectId(household._id),
    title: `Recipe ${index}`,
    steps: ["stir ".repeat(20_000)],
  }));
  await database.db.collection("recipes").insertMany(recipes);
  const { recipes: told } = await owner.json<{ recipes: Recipe[] }>("GET", "/api/users/me/export");
  expect(told.map(({ title }) => title)).toEqual(recipes.map(({ title }) => title));
});
