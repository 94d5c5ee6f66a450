import ICAL from "ical.js";
import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Calendar, NewCalendar } from "../../protocol/calendar.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import { mondayOf, weekAfter, weekOf } from "../../protocol/week.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const MOST = 20;
const ORIGIN = "https://meals.example";
const WEEK = weekOf(new Date());

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack({ vars: { ORIGIN: `${ORIGIN}/` } });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

function pathOf({ household }: Home): string {
  return `/api/households/${household._id}/calendars`;
}

function make(home: Home, member = home.owner): Promise<NewCalendar> {
  return member.json("POST", pathOf(home));
}

function read({ url }: Pick<NewCalendar, "url">, headers = {}): Promise<Response> {
  return fetch(url.replace(ORIGIN, stack.url), { headers });
}

async function plan(home: Home, entry: object, week = WEEK): Promise<MealPlan> {
  const { _id } = await home.owner.json<MealPlan>(
    "GET",
    `/api/households/${home.household._id}/mealplans?week=${week}`,
  );
  return home.owner.json("POST", `/api/mealplans/${_id}/entries`, entry);
}

/** What somebody else's reader makes of an answer. */
async function parsed(response: Response): Promise<{ name: unknown; events: readonly ICAL.Event[] }> {
  expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const calendar = new ICAL.Component(ICAL.parse(await response.text()) as unknown[]);
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  return { name: calendar.getFirstPropertyValue("x-wr-calname"), events };
}

function dayOf(week: string, index: number): string {
  const day = new Date((mondayOf(week)?.getTime() ?? 0) + index * 86_400_000);
  return day.toISOString().slice(0, 10);
}

test("a calendar app reads each dish as an event of its day, this week and in weeks to come", async () => {
  const home = await makeHome(stack.url);
  const later = weekAfter(WEEK, 6);
  const { _id, entries } = await plan(home, {
    day: "sunday",
    meal: "dinner",
    title: "Fish pie",
    servings: 3,
    note: "with peas",
  });
  await plan(home, { day: "monday", meal: "breakfast", title: "Porridge" }, later);
  const { name, events } = await parsed(await read(await make(home)));
  expect(name).toBe(`Meals of ${home.household.name}`);
  expect(events.map(({ summary, startDate }) => [summary, startDate.toString()])).toEqual([
    ["Dinner: Fish pie", dayOf(WEEK, 6)],
    ["Breakfast: Porridge", dayOf(later, 0)],
  ]);
  const [pie] = events;
  expect(pie?.startDate.isDate).toBe(true);
  expect(pie?.description).toBe("3 servings\nwith peas");
  expect(pie?.uid).toBe(`${entries[0]?._id}@mealcast`);
  expect(pie?.component.getFirstPropertyValue("url")).toBe(`${ORIGIN}/plans/${_id}`);
  expect(pie?.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
});

test("what people write stays text, whatever it is, and what makes no sense on a plan is left out", async () => {
  const home = await makeHome(stack.url);
  const title = `Soup; "hot", \\n\r\nEND:VEVENT\r\nBEGIN:VEVENT ${"🍲".repeat(60)}`;
  const dish = { _id: new ObjectId(), day: "friday", meal: "lunch", title, servings: null };
  const odd = [null, "dish", { title: "No id" }, { ...dish, _id: new ObjectId(), day: "someday" }];
  const plans = database.db.collection("mealplans");
  await plans.updateOne(
    { _id: new ObjectId(home.plan._id) },
    { $set: { entries: [...odd, dish], updatedAt: "now" } },
  );
  const { events } = await parsed(await read(await make(home)));
  expect(events.map(({ summary }) => summary?.replace(/\r/g, ""))).toEqual([
    `Lunch: ${title.replace(/\r/g, "")}`,
  ]);
});

test("an app that has the meals as they are is told so, and gets them anew when they change", async () => {
  const home = await makeHome(stack.url);
  const calendar = await make(home);
  const etag = (await read(calendar)).headers.get("etag") ?? "";
  expect((await read(calendar, { "if-none-match": etag })).status).toBe(304);
  await plan(home, { day: "friday", meal: "dinner", title: "Fish pie" });
  const again = await read(calendar, { "if-none-match": etag });
  expect(again.status).toBe(200);
  expect((await parsed(again)).events).toHaveLength(1);
});

test("an address that was ended, was made up, or is another household's shows nothing", async () => {
  const home = await makeHome(stack.url);
  const other = await makeHome(stack.url);
  const calendar = await make(home);
  const { pathname } = new URL(calendar.url);
  const [, token = ""] = /([^/]+)\.ics$/.exec(pathname) ?? [];
  const wrong = [
    pathname.replace(home.household._id, other.household._id),
    pathname.replace(token, "x".repeat(token.length)),
    pathname.replace(".ics", ""),
  ];
  for (const path of wrong) await expectProblem(await fetch(stack.url + path), "not-found");
  await expectProblem(await other.owner.request("DELETE", `${pathOf(home)}/${calendar._id}`), "not-found");
  await expectProblem(await other.owner.request("DELETE", `${pathOf(other)}/${calendar._id}`), "not-found");
  const next = await make(home);
  expect((await read(calendar)).status).toBe(200);
  await home.owner.json("DELETE", `${pathOf(home)}/${calendar._id}`);
  await expectProblem(await read(calendar), "not-found");
  expect((await read(next)).status).toBe(200);
  await expectProblem(await home.owner.request("DELETE", `${pathOf(home)}/${calendar._id}`), "not-found");
});

test("every member makes and ends calendars, sees whose they are, and no stranger does", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const { _id } = await make(home, grace);
  const { calendars } = await home.owner.json<{ calendars: readonly Calendar[] }>("GET", pathOf(home));
  expect(calendars).toEqual([
    { _id, createdBy: { userId: grace.user._id, name: "Grace" }, createdAt: expect.any(String) },
  ]);
  const stranger = await register(stack.url, "Mallory");
  for (const [method, path] of [
    ["GET", pathOf(home)],
    ["POST", pathOf(home)],
    ["DELETE", `${pathOf(home)}/${_id}`],
  ] as const)
    await expectProblem(await stranger.request(method, path), "not-found");
  await home.owner.json("DELETE", `${pathOf(home)}/${_id}`);
});

test("whoever leaves takes along the calendars that he made, also one that was made at that moment", async () => {
  const home = await makeHome(stack.url);
  const grace: Person = await join(home, "Grace");
  const calendar = await make(home, grace);
  const made = await database.db.collection("calendars").findOne({ createdBy: new ObjectId(grace.user._id) });
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${grace.user._id}`);
  await expectProblem(await read(calendar), "not-found");
  expect(await database.db.collection("calendars").countDocuments(made ?? {})).toBe(0);
  // As if it had been written a moment later.
  if (made) await database.db.collection("calendars").insertOne(made);
  await expectProblem(await read(calendar), "not-found");
});

test("a household that is deleted leaves no calendar behind", async () => {
  const home = await makeHome(stack.url);
  const calendar = await make(home);
  await home.owner.json("DELETE", `/api/households/${home.household._id}`);
  await expectProblem(await read(calendar), "not-found");
  const own = { householdId: new ObjectId(home.household._id) };
  expect(await database.db.collection("calendars").countDocuments(own)).toBe(0);
});

test(`of more than ${MOST} calendars at a time no more than ${MOST} are made`, async () => {
  const home = await makeHome(stack.url);
  const answers = await Promise.all(
    Array.from({ length: MOST + 2 }, () => home.owner.request("POST", pathOf(home))),
  );
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused.length).toBeGreaterThanOrEqual(2);
  for (const answer of refused) await expectProblem(answer, "limit-reached");
  const { calendars } = await home.owner.json<{ calendars: readonly Calendar[] }>("GET", pathOf(home));
  expect(calendars.length).toBe(MOST + 2 - refused.length);
});
