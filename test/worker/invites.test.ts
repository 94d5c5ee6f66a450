import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Household, Invite, InvitePreview, ListedInvite } from "../../protocol/household.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const SHARE = 10;

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack({ vars: { ORIGIN: "https://meals.example/" } });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

function pathOf({ household }: Home): string {
  return `/api/households/${household._id}/invites`;
}

function invite(home: Home, member = home.owner): Promise<{ readonly token: string; readonly url: string }> {
  return member.json("POST", pathOf(home));
}

async function listOf(home: Home, member = home.owner): Promise<readonly ListedInvite[]> {
  return (await member.json<{ invites: readonly ListedInvite[] }>("GET", pathOf(home))).invites;
}

function accept(person: Person, token: string): Promise<Response> {
  return person.request("POST", "/api/invites/accept", { token });
}

test("an invitation that was made while its maker was taken out lets nobody in", async () => {
  const home = await makeHome(stack.url);
  const member = await join(home, "Grace");
  const { token } = await invite(home, member);
  const made = await database.db.collection("invites").findOne({ createdBy: new ObjectId(member.user._id) });
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${member.user._id}`);
  // As if it had been written a moment later.
  if (made) await database.db.collection("invites").insertOne(made);
  await expectProblem(await accept(member, token), "gone");
  await expectProblem(await member.request("POST", `/api/invites/${token}/accept`), "gone");
  await expectProblem(await member.request("POST", "/api/invites/preview", { token }), "gone");
  expect(
    (await home.owner.json<Household>("GET", `/api/households/${home.household._id}`)).members,
  ).toHaveLength(1);
});

test("whoever invites and is taken out at the same moment is out for good", async () => {
  const home = await makeHome(stack.url);
  for (let round = 0; round < 6; round++) {
    const member = await join(home, "Mallory");
    const removal = `/api/households/${home.household._id}/members/${member.user._id}`;
    const [made] = await Promise.all([
      member.request("POST", pathOf(home)),
      home.owner.request("DELETE", removal),
    ]);
    if (!made.ok) continue;
    const { token } = (await made.json()) as { token: string };
    expect([404, 410]).toContain((await accept(member, token)).status);
  }
});

test("an invitation says who invites to what, and is accepted without its token in an address", async () => {
  const home = await makeHome(stack.url, "Ada");
  const { token, url } = await invite(home);
  expect(url).toBe(`https://meals.example/invites#${token}`);
  const nobody = await fetch(`${stack.url}/api/invites/preview`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  expect((await nobody.json()) as InvitePreview).toEqual({
    household: { name: home.household.name },
    inviter: { name: "Ada" },
    expiresAt: expect.any(String),
  });
  const guest = await register(stack.url, "Grace");
  const joined = (await (await accept(guest, token)).json()) as Household;
  expect(joined.members.map(({ name }) => name)).toEqual(["Ada", "Grace"]);
  await expectProblem(await guest.request("POST", "/api/invites/preview", { token }), "gone");
  const unknown = { token: "x".repeat(43) };
  await expectProblem(await guest.request("POST", "/api/invites/preview", unknown), "not-found");
});

test("members see the invitations with who made and who used them, and no token", async () => {
  const home = await makeHome(stack.url, "Ada");
  const grace = await join(home, "Grace");
  const { token } = await invite(home, grace);
  const [open, used, ...others] = await listOf(home, grace);
  expect(others).toEqual([]);
  expect(open).toMatchObject({ createdBy: { userId: grace.user._id, name: "Grace" }, usedBy: null });
  expect(used).toMatchObject({
    createdBy: { userId: home.owner.user._id, name: "Ada" },
    usedBy: { userId: grace.user._id, name: "Grace" },
  });
  expect(JSON.stringify([open, used])).not.toMatch(/token/i);
  expect(JSON.stringify([open, used])).not.toContain(token);
  const stranger = await register(stack.url, "Mallory");
  await expectProblem(await stranger.request("GET", pathOf(home)), "not-found");
});

test("an invitation for a day lets everybody in who has it, each by name, until it is taken back", async () => {
  const home = await makeHome(stack.url, "Ada");
  const { token, kind, expiresAt } = await home.owner.json<Invite>("POST", pathOf(home), { kind: "day" });
  expect(kind).toBe("day");
  const left = Date.parse(expiresAt) - Date.now();
  expect(left).toBeGreaterThan(23 * 3_600_000);
  expect(left).toBeLessThanOrEqual(86_400_000);
  const guests = await Promise.all(["Grace", "Linus", "Barbara"].map((name) => register(stack.url, name)));
  const answers = await Promise.all(guests.map((guest) => accept(guest, token)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [listed] = await listOf(home);
  expect(listed).toMatchObject({ kind: "day", usedBy: null });
  expect(listed?.joined.map(({ name }) => name).toSorted()).toEqual(["Barbara", "Grace", "Linus"]);
  await home.owner.request("DELETE", `${pathOf(home)}/${listed?._id}`);
  await expectProblem(await accept(await register(stack.url, "Late"), token), "not-found");
  await expectProblem(await home.owner.request("POST", pathOf(home), { kind: "year" }), "invalid-body");
});

test("an invitation is revoked by its maker or the owner, and by nobody else", async () => {
  const home = await makeHome(stack.url, "Ada");
  const [grace, alan] = [await join(home, "Grace"), await join(home, "Alan")];
  const { token } = await invite(home, grace);
  const [{ _id } = { _id: "" }] = await listOf(home);
  const path = `${pathOf(home)}/${_id}`;
  await expectProblem(await alan.request("DELETE", path), "forbidden");
  const stranger = await makeHome(stack.url, "Mallory");
  await expectProblem(await stranger.owner.request("DELETE", path), "not-found");
  await expectProblem(await stranger.owner.request("DELETE", `${pathOf(stranger)}/${_id}`), "not-found");
  expect((await grace.request("DELETE", path)).status).toBe(204);
  await expectProblem(await accept(await register(stack.url), token), "not-found");
  await invite(home, grace);
  const [second] = await listOf(home);
  expect((await home.owner.request("DELETE", `${pathOf(home)}/${second?._id}`)).status).toBe(204);
});

test("one member can't use up the invitations of all, one by one or at once", async () => {
  const home = await makeHome(stack.url, "Ada");
  const grace = await join(home, "Grace");
  for (let made = 0; made < SHARE; made++) await invite(home, grace);
  await expectProblem(await grace.request("POST", pathOf(home)), "limit-reached");
  const crowd = Array.from({ length: SHARE + 4 }, () => home.owner.request("POST", pathOf(home)));
  const answers = await Promise.all(crowd);
  expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(SHARE);
  for (const answer of answers.filter(({ ok }) => !ok)) await expectProblem(answer, "limit-reached");
  expect((await listOf(home)).length).toBeLessThanOrEqual(2 * SHARE + 1);
});
