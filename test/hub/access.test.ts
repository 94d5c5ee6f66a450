import { ObjectId } from "bson";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { NewShare } from "../../protocol/mealPlan.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { planEvent, publish } from "../support/hook.ts";
import { join, makeHome, register, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let view: DatabaseView;
let home: Home;

beforeAll(async () => {
  stack = await startStack({
    vars: { HEARTBEAT_SECONDS: "0.5", ALLOWED_ORIGINS: "https://wall.example, https://other.example" },
  });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
});

function planUrl(path = "updates/") {
  return `${stack.url}/api/mealplans/${path}${home.plan._id}`;
}

async function openAs(person: Person, headers: Record<string, string> = {}): Promise<StreamReader> {
  const reader = await StreamReader.open(planUrl(), { headers: { cookie: person.cookie, ...headers } });
  if (reader.response.ok) await reader.untilEvent("live");
  return reader;
}

function openAsGuest(token: string): Promise<StreamReader> {
  return StreamReader.open(`${planUrl()}?share=${token}`);
}

async function share(body: unknown = {}): Promise<NewShare> {
  return home.owner.json<NewShare>("POST", `/api/mealplans/${home.plan._id}/shares`, body);
}

test("a member who is removed loses the stream with revoked, and is refused with 403 when it reconnects", async () => {
  const jane = await join(home, "Jane");
  const reader = await openAs(jane);
  const { id } = reader.named("message").at(-1) ?? {};
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${jane.user._id}`);
  const revoked = await reader.untilEvent("revoked");
  await reader.untilEnded();
  expect(JSON.parse(revoked.data)).toEqual({ reason: "no-longer-a-member" });
  expect(reader.events.at(-1)?.event).toBe("revoked");
  const again = await openAs(jane, { "last-event-id": id ?? "" });
  expect(again.response.status).toBe(403);
});

test("a new member gets the stream of a watched plan before the news of it has reached the hub", async () => {
  const watching = await openAs(home.owner);
  const jane = await register(stack.url, "Jane");
  const entered = { $set: { memberIds: [home.owner.user._id, jane.user._id].map((id) => new ObjectId(id)) } };
  await view.db.collection("mealplans").updateOne({ _id: new ObjectId(home.plan._id) }, entered);
  const reader = await openAs(jane);
  expect(reader.response.status).toBe(200);
  expect(reader.latest).toEqual(await jane.json("GET", `/api/mealplans/${home.plan._id}`));
  reader.close();
  watching.close();
});

test("the share links of a member who is removed end with the membership", async () => {
  const jane = await join(home, "Jane");
  const { token } = await jane.json<NewShare>("POST", `/api/mealplans/${home.plan._id}/shares`, {});
  const mine = await share();
  const guest = await openAsGuest(token);
  await guest.untilEvent("live");
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${jane.user._id}`);
  await guest.untilEvent("revoked");
  expect((await fetch(`${planUrl("")}?share=${token}`)).status).toBe(404);
  expect((await fetch(`${planUrl("")}?share=${mine.token}`)).status).toBe(200);
});

test("those who stay go on, and see that the other is no member any more", async () => {
  const jane = await join(home, "Jane");
  const reader = await openAs(home.owner);
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${jane.user._id}`);
  await reader.until(
    () =>
      JSON.stringify((reader.latest as { memberIds: string[] }).memberIds) ===
      JSON.stringify([home.owner.user._id]),
    "the members to change",
  );
  expect(reader.ended).toBe(false);
  reader.close();
});

test("signing out closes the session's streams with reauth, and only that session's", async () => {
  const jane = await join(home, "Jane");
  const [mine, hers] = [await openAs(home.owner), await openAs(jane)];
  await jane.json("POST", "/api/users/logout");
  await hers.untilEvent("reauth");
  await hers.untilEnded();
  expect((await openAs(jane)).response.status).toBe(401);
  expect(mine.ended).toBe(false);
  mine.close();
});

test("a guest of a share link reads the plan without its members and without who did what", async () => {
  const entry = { day: "sunday", meal: "dinner", title: "Roast" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  const { token } = await share();
  const reader = await openAsGuest(token);
  await reader.untilEvent("live");
  expect(reader.latest).toMatchObject({ entries: [{ title: "Roast" }] });
  const { data } = await reader.untilEvent("message");
  expect(data).not.toContain(home.owner.user._id);
  const read = await fetch(`${planUrl("")}?share=${token}`);
  expect(await read.text()).toBe(data);
  reader.close();
});

test("a guest and a member who watch together each get their own view, of what is there and of what changes", async () => {
  const { token } = await share();
  const mine = await openAs(home.owner);
  const theirs = await openAsGuest(token);
  const again = await openAs(home.owner);
  const entry = { day: "sunday", meal: "dinner", title: "Roast" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  for (const reader of [mine, theirs, again]) {
    await reader.until(() => JSON.stringify(reader.latest)?.includes("Roast"), "the change");
    for (const { data } of reader.named("message")) {
      expect(data.includes(home.owner.user._id)).toBe(reader !== theirs);
      expect(data.includes("memberIds")).toBe(reader !== theirs);
    }
    expect(reader.named("message")).toHaveLength(2);
    reader.close();
  }
});

test("a guest who was away while the plan was deleted hears of it, however late the link was made", async () => {
  // What the hub held before the link was made.
  (await openAs(home.owner)).close();
  await share();
  const { token } = await share();
  const guest = await openAsGuest(token);
  const { id } = await guest.untilEvent("message");
  guest.close();
  const seconds = Math.floor(Date.now() / 1000) + 30;
  const planId = new ObjectId(home.plan._id);
  await publish(stack.url, [planEvent({ planId, seconds, operationType: "delete" })]);
  const again = await StreamReader.open(`${planUrl()}?share=${token}&lastEventId=${id}`);
  expect(JSON.parse((await again.untilEvent("removed")).data)).toEqual({ _id: home.plan._id });
  again.close();
});

test("a guest can't edit, and hears nobody's name", async () => {
  const { token } = await share();
  const reader = await openAsGuest(token);
  const mine = await openAs(home.owner);
  await reader.untilEvent("ping");
  expect(reader.named("presence")).toHaveLength(0);
  const write = await fetch(`${planUrl("")}/entries?share=${token}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ day: "monday", meal: "lunch", title: "Nope" }),
  });
  expect(write.status).toBe(401);
  reader.close();
  mine.close();
});

test("revoking a share link closes its streams and no others", async () => {
  const [first, second] = [await share(), await share()];
  const [closing, staying] = [await openAsGuest(first.token), await openAsGuest(second.token)];
  await Promise.all([closing.untilEvent("live"), staying.untilEvent("live")]);
  await home.owner.json("DELETE", `/api/mealplans/${home.plan._id}/shares/${first._id}`);
  await closing.untilEvent("revoked");
  await closing.untilEnded();
  expect((await openAsGuest(first.token)).response.status).toBe(404);
  expect(staying.ended).toBe(false);
  staying.close();
});

test("a share link that expires closes its streams", async () => {
  const { token } = await share({ expiresAt: new Date(Date.now() + 2500).toISOString() });
  const reader = await openAsGuest(token);
  await reader.untilEvent("revoked");
  await reader.untilEnded();
});

test("a made-up share token opens nothing", async () => {
  await share();
  for (const token of ["", "short", "a".repeat(43), "$ne"]) {
    expect((await fetch(`${planUrl()}?share=${token}`)).status).toBe(404);
  }
});

test("pages of allowed origins may read and stream with a share token, without credentials", async () => {
  const { token } = await share();
  for (const path of ["", "updates/"]) {
    const response = await fetch(`${planUrl(path)}?share=${token}`, {
      headers: { origin: "https://wall.example" },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://wall.example");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    await response.body?.cancel();
  }
  const preflight = await fetch(`${planUrl()}?share=${token}`, {
    method: "OPTIONS",
    headers: {
      origin: "https://wall.example",
      "access-control-request-method": "GET",
      "access-control-request-headers": "last-event-id",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("last-event-id");
});

test("pages of other origins may do nothing, with or without a cookie or a token", async () => {
  const { token } = await share();
  const tries: [string, RequestInit][] = [
    [`${planUrl()}?share=${token}`, { headers: { origin: "https://evil.example" } }],
    [planUrl(), { headers: { origin: "https://wall.example", cookie: home.owner.cookie } }],
    [planUrl(""), { headers: { origin: "https://evil.example", cookie: home.owner.cookie } }],
    [`${stack.url}/api/users/logout`, { method: "POST", headers: { origin: "https://wall.example" } }],
    [`${planUrl("")}?share=${token}`, { headers: { origin: "null" } }],
  ];
  for (const [url, init] of tries) {
    const response = await fetch(url, init);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "foreign-origin" });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  }
});
