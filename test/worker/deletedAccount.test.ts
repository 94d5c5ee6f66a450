import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Activity } from "../../protocol/activity.ts";
import type { Household } from "../../protocol/household.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { enter, type Home, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { expectCutOff, watchPlan } from "../support/watchPlan.ts";

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

function remove(person: Person, households?: "delete" | "hand-over"): Promise<Response> {
  return person.request("DELETE", "/api/users/me", {
    password: PASSWORD,
    ...(households && { households }),
  });
}

function signInAgain({ user }: Person): Promise<Person> {
  return enter(stack.url, "login", { email: user.email, password: PASSWORD });
}

function pathOf({ household }: Home): string {
  return `/api/households/${household._id}`;
}

/** What the database has of a household. */
async function leftOf({ household }: Home): Promise<readonly number[]> {
  const own = { householdId: new ObjectId(household._id) };
  const counts = ["mealplans", "recipes", "invites"].map((name) =>
    database.db.collection(name).countDocuments(own),
  );
  const it = database.db.collection("households").countDocuments({ _id: own.householdId });
  return Promise.all([it, ...counts]);
}

test("who deletes their account is signed out everywhere, and what was theirs alone is gone", async () => {
  const home = await makeHome(stack.url);
  const elsewhere = await signInAgain(home.owner);
  await home.owner.json("POST", "/api/recipes", { title: "Soup" });
  await home.owner.json("POST", `${pathOf(home)}/invites`);
  const streams = [await watchPlan(home.owner, home), await watchPlan(elsewhere, home)];
  const answer = await remove(home.owner);
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie().join()).toMatch(/session=;/);
  for (const stream of streams) await stream.untilEnded();
  for (const person of [home.owner, elsewhere])
    await expectProblem(await person.request("GET", "/api/users/me"), "signed-out");
  await expect(signInAgain(home.owner)).rejects.toThrow("401");
  expect(await leftOf(home)).toEqual([0, 0, 0, 0]);
  const again = { email: home.owner.user.email, name: "Somebody else", password: PASSWORD };
  expect(await (await enter(stack.url, "register", again)).json("GET", "/api/households")).toEqual([]);
});

test("a member's streams end with the account, while others watch on and see them gone", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const dish = { day: "monday", meal: "dinner", title: "Soup" };
  await grace.json("POST", `/api/mealplans/${home.plan._id}/entries`, dish);
  const [adas, graces] = [await watchPlan(home.owner, home), await watchPlan(grace, home)];
  expect((await remove(grace)).status).toBe(204);
  await graces.untilEnded();
  await adas.until(({ latest }) => (latest as MealPlan).memberIds?.length === 1, "the plan without Grace");
  expect(adas.ended).toBe(false);
  const { members } = await home.owner.json<Household>("GET", pathOf(home));
  expect(members.map(({ name }) => name)).toEqual(["Ada"]);
  const activity = `/api/mealplans/${home.plan._id}/activity`;
  const [line] = (await home.owner.json<Activity>("GET", activity)).activity;
  expect(line).toMatchObject({ title: "Soup", by: { userId: grace.user._id, name: null } });
});

test("who alone owns a household where others are is asked first, and nothing has happened", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const before = await database.everything();
  const { households } = await expectProblem(await remove(home.owner), "sole-owner");
  expect(households).toEqual([
    {
      _id: home.household._id,
      name: "Ada's home",
      members: [
        { userId: home.owner.user._id, name: "Ada", role: "owner" },
        { userId: grace.user._id, name: "Grace", role: "member" },
      ],
    },
  ]);
  expect(await database.everything()).toBe(before);
  await home.owner.json("GET", pathOf(home));
});

test("a household that is handed over belongs to who has been there longest", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const alan = await join(home, "Alan");
  expect((await remove(home.owner, "hand-over")).status).toBe(204);
  const { members } = await alan.json<Household>("GET", pathOf(home));
  expect(members).toEqual([
    { userId: grace.user._id, name: "Grace", role: "owner" },
    { userId: alan.user._id, name: "Alan", role: "member" },
  ]);
  await alan.json("GET", `/api/mealplans/${home.plan._id}`);
});

test("a household that is deleted along ends for its members, one with another owner goes on", async () => {
  const [home, other] = [await makeHome(stack.url), await makeHome(stack.url, "Grace")];
  const { token } = await other.owner.json<{ token: string }>("POST", `${pathOf(other)}/invites`);
  await home.owner.json("POST", "/api/invites/accept", { token });
  const alan = await join(home, "Alan");
  const stream = await watchPlan(alan, home);
  expect((await remove(home.owner, "delete")).status).toBe(204);
  await stream.untilEvent("removed");
  expect(await leftOf(home)).toEqual([0, 0, 0, 0]);
  expect(await alan.json("GET", "/api/households")).toEqual([]);
  expect((await other.owner.json<Household>("GET", pathOf(other))).members).toHaveLength(1);
});

test("invitations and share links of a deleted account open nothing", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const stranger = await register(stack.url, "Mallory");
  const { token } = await grace.json<{ token: string }>("POST", `${pathOf(home)}/invites`);
  const plan = `/api/mealplans/${home.plan._id}`;
  const share = await grace.json<{ token: string }>("POST", `${plan}/shares`, {});
  expect((await remove(grace)).status).toBe(204);
  await expectProblem(await stranger.request("POST", "/api/invites/accept", { token }), "not-found");
  await expectProblem(await fetch(`${stack.url}${plan}?share=${share.token}`), "not-found");
});

test("deleting an account twice at the same moment deletes it once, and nobody is told of a failure", async () => {
  const home = await makeHome(stack.url);
  const grace = await join(home, "Grace");
  const answers = await Promise.all([remove(grace), remove(grace), remove(grace)]);
  const statuses = new Set(answers.map(({ status }) => status));
  statuses.delete(401);
  expect([...statuses]).toEqual([204]);
  expect((await home.owner.json<Household>("GET", pathOf(home))).members).toHaveLength(1);
});

test("no household is left with nobody in it, whatever else its owner does at the moment", async () => {
  const home = await makeHome(stack.url);
  for (let round = 0; round < 3; round++) {
    const racer = await register(stack.url, "Racer");
    const { token } = await home.owner.json<{ token: string }>("POST", `${pathOf(home)}/invites`);
    const removal = removeAtLast(racer);
    const others = Array.from({ length: 2 }, () => makeHouseholdsUntil(racer, removal));
    await racer.request("POST", "/api/invites/accept", { token });
    await removal;
    await Promise.all(others);
    const orphans = { "members.userId": new ObjectId(racer.user._id) };
    expect(await database.db.collection("households").countDocuments(orphans)).toBe(0);
  }
});

/** Whoever meets too many others at the same moment is told to try again. */
async function removeAtLast(person: Person): Promise<void> {
  await expect.poll(async () => (await remove(person)).status).toBe(204);
}

async function makeHouseholdsUntil(person: Person, end: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  void end.then(() => over.abort());
  while (!over.signal.aborted) await person.request("POST", "/api/households", { name: "Orphan" });
}

test("a sign-in at the moment of the deletion opens nothing afterwards", async () => {
  const { owner } = await makeHome(stack.url);
  const worker = stack.harness.getWorker();
  const { exec } = await worker.getDurableObjectStorage("USER_SESSIONS", { name: owner.user._id });
  const [session] = await exec<{ id: string; expires_at: number }>("SELECT id, expires_at FROM sessions");
  expect((await remove(owner)).status).toBe(204);
  // As if it had been opened a moment later.
  await exec("INSERT INTO sessions (id, expires_at) VALUES (?, ?)", session?.id, session?.expires_at);
  await expectProblem(await owner.request("GET", "/api/households"), "signed-out");
});

test("another session of somebody who has just deleted the account is told to sign in", async () => {
  const home = await makeHome(stack.url);
  const elsewhere = await signInAgain(home.owner);
  const stream = await watchPlan(elsewhere, home);
  expect((await remove(home.owner)).status).toBe(204);
  await expectCutOff(elsewhere, stream);
});
