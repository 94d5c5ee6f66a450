import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Household, Invite } from "../../protocol/household.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import { weekAfter, weekOf } from "../../protocol/week.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

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

function pathOf({ household }: Home): string {
  return `/api/households/${household._id}`;
}

function invite(home: Home, member = home.owner): Promise<Invite> {
  return member.json<Invite>("POST", `${pathOf(home)}/invites`);
}

function planOf(person: Person, home: Home, week: string): Promise<MealPlan> {
  return person.json<MealPlan>("GET", `${pathOf(home)}/mealplans?week=${week}`);
}

function watch(person: Person, planId: string): Promise<StreamReader> {
  return StreamReader.open(`${stack.url}/api/mealplans/updates/${planId}`, {
    headers: { cookie: person.cookie },
  });
}

test("a new household has its maker as owner and an empty plan for this week", async () => {
  const ada = await register(stack.url, "Ada");
  const household = await ada.json<Household>("POST", "/api/households", { name: "Ada's home" });
  expect(household).toMatchObject({
    name: "Ada's home",
    members: [{ userId: ada.user._id, name: "Ada", role: "owner" }],
  });
  expect(await ada.json<Household[]>("GET", "/api/households")).toEqual([household]);
  const plan = await ada.json<MealPlan>("GET", `/api/households/${household._id}/mealplans`);
  expect(plan).toMatchObject({ householdId: household._id, entries: [], memberIds: [ada.user._id] });
  expect(plan.week).toBe(weekOf(new Date()));
});

test("sending a new household twice makes it once", async () => {
  const ada = await register(stack.url);
  const wish = { _id: new ObjectId().toString(), name: "Once" };
  const first = await ada.json<Household>("POST", "/api/households", wish);
  expect(await ada.json<Household>("POST", "/api/households", wish)).toEqual(first);
  expect(await ada.json<Household[]>("GET", "/api/households")).toHaveLength(1);
});

test("the plan of a week is made once, however many ask for it at once", async () => {
  const home = await makeHome(stack.url);
  const member = await join(home, "Grace");
  const week = weekAfter(home.plan.week, 3);
  const askers = Array.from({ length: 8 }, (_, index) => (index % 2 ? member : home.owner));
  const plans = await Promise.all(askers.map((person) => planOf(person, home, week)));
  expect(new Set(plans.map(({ _id }) => _id)).size).toBe(1);
  expect(plans[0]?.memberIds).toEqual([home.owner.user._id, member.user._id]);
});

test("whoever accepts an invitation sees all plans of the household", async () => {
  const home = await makeHome(stack.url);
  const later = await planOf(home.owner, home, weekAfter(home.plan.week, 1));
  const { token, url, expiresAt } = await invite(home);
  expect(url).toBe(`${stack.url}/invites#${token}`);
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 6 * 86_400_000);
  const guest = await register(stack.url, "Grace");
  const joined = await guest.json<Household>("POST", `/api/invites/${token}/accept`);
  expect(joined.members).toEqual([
    { userId: home.owner.user._id, name: "Ada", role: "owner" },
    { userId: guest.user._id, name: "Grace", role: "member" },
  ]);
  for (const { _id } of [home.plan, later]) {
    const plan = await guest.json<MealPlan>("GET", `/api/mealplans/${_id}`);
    expect(plan.memberIds).toEqual([home.owner.user._id, guest.user._id]);
  }
});

test("accepting twice is harmless, but nobody else can use the invitation", async () => {
  const home = await makeHome(stack.url);
  const { token } = await invite(home);
  const guest = await register(stack.url, "Grace");
  const first = await guest.json<Household>("POST", `/api/invites/${token}/accept`);
  expect(await guest.json<Household>("POST", `/api/invites/${token}/accept`)).toEqual(first);
  const other = await register(stack.url, "Mallory");
  await expectProblem(await other.request("POST", `/api/invites/${token}/accept`), "gone");
});

test("of many who accept one invitation at once, one joins", async () => {
  const home = await makeHome(stack.url);
  const { token } = await invite(home);
  const guests = await Promise.all(["B", "C", "D", "E"].map((name) => register(stack.url, name)));
  const answers = await Promise.all(
    guests.map((guest) => guest.request("POST", `/api/invites/${token}/accept`)),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410]);
  expect((await home.owner.json<Household>("GET", pathOf(home))).members).toHaveLength(2);
});

test("an expired invitation is gone", async () => {
  const home = await makeHome(stack.url);
  const { token } = await invite(home);
  await database.db
    .collection("invites")
    .updateMany({ householdId: new ObjectId(home.household._id) }, { $set: { expiresAt: new Date() } });
  const guest = await register(stack.url);
  await expectProblem(await guest.request("POST", `/api/invites/${token}/accept`), "gone");
});

test("an invitation can't be read from the database", async () => {
  const home = await makeHome(stack.url);
  const { token } = await invite(home);
  expect(await database.everything()).not.toContain(token);
});

test("a member who is taken out loses every plan, and an open stream closes with revoked", async () => {
  const home = await makeHome(stack.url);
  const member = await join(home, "Grace");
  const stream = await watch(member, home.plan._id);
  await stream.untilEvent("live");
  const path = `${pathOf(home)}/members/${member.user._id}`;
  expect((await home.owner.request("DELETE", path)).status).toBe(204);
  await stream.untilEvent("revoked");
  await expectProblem(await member.request("GET", `/api/mealplans/${home.plan._id}`), "not-found");
  await expectProblem(await member.request("GET", pathOf(home)), "not-found");
  expect(await member.json<Household[]>("GET", "/api/households")).toEqual([]);
  await expectProblem(await home.owner.request("DELETE", path), "not-found");
});

test("a member who is taken out can't come back by an invitation of their own", async () => {
  const home = await makeHome(stack.url);
  const member = await join(home, "Grace");
  const [own, others] = [await invite(home, member), await invite(home)];
  await home.owner.json("DELETE", `${pathOf(home)}/members/${member.user._id}`);
  await expectProblem(await member.request("POST", `/api/invites/${own.token}/accept`), "not-found");
  expect((await member.request("POST", `/api/invites/${others.token}/accept`)).status).toBe(200);
});

test("a member can leave; the only owner, after another has become one", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const alan = await join(home, "Alan");
  const memberPath = (person: Person) => `${pathOf(home)}/members/${person.user._id}`;
  expect((await alan.request("DELETE", memberPath(alan))).status).toBe(204);
  await expectProblem(await home.owner.request("DELETE", memberPath(home.owner)), "sole-owner");
  await home.owner.json("PATCH", memberPath(grace), { role: "owner" });
  expect((await home.owner.request("DELETE", memberPath(home.owner))).status).toBe(204);
  expect((await grace.json<Household>("GET", pathOf(home))).members).toEqual([
    { userId: grace.user._id, name: "Grace", role: "owner" },
  ]);
  await expectProblem(await grace.request("DELETE", memberPath(grace)), "conflict");
  expect((await grace.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`)).memberIds).toEqual([
    grace.user._id,
  ]);
});

test("plans made while people join and leave never end with the wrong members", async () => {
  const home = await makeHome(stack.url);
  const leavers = [await join(home, "B"), await join(home, "C"), await join(home, "D")];
  const weeks = Array.from({ length: 6 }, (_, index) => weekAfter(home.plan.week, index + 1));
  await Promise.all([
    ...weeks.map((week) => planOf(home.owner, home, week)),
    ...leavers.map((person) => person.request("DELETE", `${pathOf(home)}/members/${person.user._id}`)),
    join(home, "E"),
  ]);
  const household = await home.owner.json<Household>("GET", pathOf(home));
  const members = household.members.map(({ userId }) => userId).toSorted();
  const plans = await database.db
    .collection("mealplans")
    .find({ householdId: new ObjectId(home.household._id) })
    .toArray();
  expect(plans).toHaveLength(7);
  for (const plan of plans) expect(plan["memberIds"].map(String).toSorted()).toEqual(members);
});

test("a deleted household takes all that is its own with it, and its pages hear of it", async () => {
  const home = await makeHome(stack.url);
  const member = await join(home, "Grace");
  await home.owner.json("POST", "/api/recipes", { title: "Last supper" });
  await invite(home);
  const stream = await watch(member, home.plan._id);
  await stream.untilEvent("live");
  expect((await home.owner.request("DELETE", pathOf(home))).status).toBe(204);
  expect(JSON.parse((await stream.untilEvent("removed")).data)).toEqual({ _id: home.plan._id });
  stream.close();
  const own = { householdId: new ObjectId(home.household._id) };
  for (const collection of ["mealplans", "recipes", "invites"]) {
    expect(await database.db.collection(collection).countDocuments(own), collection).toBe(0);
  }
  await expectProblem(await home.owner.request("GET", pathOf(home)), "not-found");
  await expectProblem(await home.owner.request("DELETE", pathOf(home)), "not-found");
});

test("a household typed by hand breaks nothing", async () => {
  const ada = await register(stack.url, "Ada");
  const _id = new ObjectId();
  const members = [null, "somebody", { userId: ada.user._id, role: "queen" }];
  await database.db.collection("households").insertOne({ _id, members });
  expect(await ada.json<Household>("GET", `/api/households/${_id.toString()}`)).toMatchObject({
    name: "",
    members: [{ userId: "" }, { userId: "" }, { userId: ada.user._id, role: "member" }],
  });
  const plan = await ada.json<MealPlan>("GET", `/api/households/${_id.toString()}/mealplans`);
  expect(plan.memberIds).toEqual([ada.user._id]);
});
