import { afterAll, beforeAll, expect, test } from "vitest";

import type { Household, ListedInvite, Role } from "../../protocol/household.ts";
import { HOUSEHOLD_ACTIONS, type HouseholdAction, mayRole } from "../../protocol/roles.ts";
import { makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let owner: Person;
let member: Person;
let other: Person;

beforeAll(async () => {
  stack = await startStack();
  [owner, member, other] = await Promise.all([
    register(stack.url, "Ada"),
    register(stack.url, "Grace"),
    register(stack.url, "Alan"),
  ]);
});
afterAll(() => stack.stop());

/** A new household of the same three people. */
async function household(): Promise<string> {
  const { _id } = await owner.json<Household>("POST", "/api/households", { name: "Home" });
  for (const person of [member, other]) {
    const { token } = await owner.json<{ token: string }>("POST", `/api/households/${_id}/invites`);
    await person.json("POST", "/api/invites/accept", { token });
  }
  return `/api/households/${_id}`;
}

async function revoke(asker: Person, path: string, maker: Person): Promise<Response> {
  await maker.json("POST", `${path}/invites`);
  const { invites } = await asker.json<{ invites: ListedInvite[] }>("GET", `${path}/invites`);
  return asker.request("DELETE", `${path}/invites/${invites[0]?._id}`);
}

type Try = (asker: Person, path: string) => Promise<Response>;

/** How each thing is done. */
const TRIES: Readonly<Record<HouseholdAction, Try>> = {
  invite: (asker, path) => asker.request("POST", `${path}/invites`),
  revokeOwnInvite: (asker, path) => revoke(asker, path, asker),
  revokeInviteOfOthers: (asker, path) => revoke(asker, path, other),
  rename: (asker, path) => asker.request("PATCH", path, { name: "Ours" }),
  removeMember: (asker, path) => asker.request("DELETE", `${path}/members/${other.user._id}`),
  changeRole: (asker, path) => asker.request("PATCH", `${path}/members/${other.user._id}`, { role: "owner" }),
  vouch: (asker, path) => asker.request("POST", `${path}/members/${other.user._id}/vouch`),
  deleteHousehold: (asker, path) => asker.request("DELETE", path),
  leave: async (asker, path) => {
    await owner.json("PATCH", `${path}/members/${other.user._id}`, { role: "owner" });
    return asker.request("DELETE", `${path}/members/${asker.user._id}`);
  },
};

const CASES = HOUSEHOLD_ACTIONS.flatMap((action) =>
  (["owner", "member"] as const satisfies readonly Role[]).map((role) => ({ action, role })),
);

test.each(CASES)(
  "of $action, the API allows the $role what the table of roles says",
  async ({ action, role }) => {
    const answer = await TRIES[action](role === "owner" ? owner : member, await household());
    if (mayRole(role, action)) expect(answer.ok, await answer.clone().text()).toBe(true);
    else await expectProblem(answer, "forbidden");
  },
);

test("somebody who is no member changes nobody's role, and nobody gets a role that there is not", async () => {
  const path = await household();
  const stranger = (await makeHome(stack.url, "Mallory")).owner;
  const graces = `${path}/members/${member.user._id}`;
  await expectProblem(await stranger.request("PATCH", graces, { role: "owner" }), "not-found");
  const strangers = `${path}/members/${stranger.user._id}`;
  await expectProblem(await owner.request("PATCH", strangers, { role: "owner" }), "not-found");
  await expectProblem(await owner.request("PATCH", graces, { role: "queen" }), "invalid-body");
});

test("a household always has an owner: the only one neither leaves nor becomes a member", async () => {
  const path = await household();
  const [adas, graces] = [owner, member].map(({ user }) => `${path}/members/${user._id}`) as [string, string];
  await expectProblem(await owner.request("DELETE", adas), "sole-owner");
  await expectProblem(await owner.request("PATCH", adas, { role: "member" }), "sole-owner");
  const { members } = await owner.json<Household>("PATCH", graces, { role: "owner" });
  expect(members.map(({ role }) => role)).toEqual(["owner", "owner", "member"]);
  const answers = await Promise.all([
    owner.request("PATCH", adas, { role: "member" }),
    member.request("PATCH", graces, { role: "member" }),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const left = await other.json<Household>("GET", path);
  expect(left.members.filter(({ role }) => role === "owner")).toHaveLength(1);
});
