import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Household, Invite } from "../../protocol/household.ts";
import { browserOf, startBrowser } from "../support/browser.ts";
import { signIn, signUp } from "../support/forms.ts";
import { makeHome, newAddress, register, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let invite: Invite;
let context: BrowserContext;
let page: Page;
let asked: string[];

beforeAll(async () => {
  stack = await startStack();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  invite = await home.owner.json<Invite>("POST", `/api/households/${home.household._id}/invites`);
  context = await browser.newContext({ extraHTTPHeaders: { "cf-connecting-ip": newAddress() } });
  page = await context.newPage();
  asked = [];
  page.on("request", (request) => asked.push(request.url()));
  return () => context.close();
});

async function memberNames(): Promise<readonly string[]> {
  const { members } = await home.owner.json<Household>("GET", `/api/households/${home.household._id}`);
  return members.map(({ name }) => name);
}

function newEmail(): string {
  return `${crypto.randomUUID()}@example.com`;
}

test("an invitation says who invites to what; who makes an account there is in the household, at its week", async () => {
  await page.goto(invite.url);
  await page.getByRole("heading", { name: "Join Ada's home" }).waitFor();
  await page.getByText("Ada invites you").waitFor();
  await signUp(page, "Grace", newEmail());
  await page.waitForURL(`**/plans/${home.plan._id}`);
  expect(await memberNames()).toEqual(["Ada", "Grace"]);
  expect(asked.filter((url) => url.includes(invite.token))).toEqual([]);
});

test("whoever has an account signs in on the invitation and is in", async () => {
  const grace = await register(stack.url, "Grace");
  await page.goto(invite.url);
  await page.getByRole("button", { name: "Sign in" }).click();
  await signIn(page, grace.user.email);
  await page.waitForURL(`**/plans/${home.plan._id}`);
  expect(await memberNames()).toEqual(["Ada", "Grace"]);
});

test("an invitation survives a reload and the way round by other pages", async () => {
  await page.goto(invite.url);
  await page.getByRole("heading", { name: "Join Ada's home" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Join Ada's home" }).waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Create an account" }).click();
  await signUp(page, "Grace", newEmail());
  await page.getByRole("button", { name: "Join Ada's home as Grace" }).click();
  await page.waitForURL(`**/plans/${home.plan._id}`);
  expect(await memberNames()).toEqual(["Ada", "Grace"]);
});

test("who is signed in already joins by a press, and not by looking", async () => {
  const grace = await register(stack.url, "Grace");
  const graces = await browserOf(browser, grace);
  const her = await graces.newPage();
  await her.goto(invite.url);
  const join = her.getByRole("button", { name: "Join Ada's home as Grace" });
  await join.waitFor();
  expect(await memberNames()).toEqual(["Ada"]);
  await join.click();
  await her.waitForURL(`**/plans/${home.plan._id}`);
  await graces.close();
});

test("an older link, with its token in the path, leads to the invitation as well", async () => {
  await page.goto(`${stack.url}/invites/${invite.token}`);
  await page.getByRole("heading", { name: "Join Ada's home" }).waitFor();
  await page.waitForURL(invite.url);
});

test("a member sees what became of invitations, and takes one back: its link says so, with a way on", async () => {
  const adas = await browserOf(browser, home.owner);
  const her = await adas.newPage();
  await her.goto(`${stack.url}/households/${home.household._id}`);
  await her.getByRole("button", { name: "Create an invitation link" }).click();
  const link = await her.getByLabel("Invitation link").inputValue();
  const open = her.getByRole("list", { name: "Open invitations" }).getByRole("listitem");
  await expect.poll(() => open.count()).toBe(2);
  const grace = await register(stack.url, "Grace");
  await grace.json("POST", "/api/invites/accept", { token: invite.token });
  await expect.poll(() => open.count()).toBe(1);
  await her.getByRole("button", { name: "Earlier invitations (1)" }).click();
  await her.getByText("Grace joined by it").waitFor();
  await open.getByRole("button", { name: "Take back" }).click();
  await her.getByLabel("Invitation link").waitFor({ state: "detached" });
  await page.goto(link);
  await page.getByRole("heading", { name: "does not work any more" }).waitFor();
  await page.getByRole("link", { name: "Go to Mealcast" }).click();
  await page.getByRole("heading", { name: "Plan the week" }).waitFor();
  await adas.close();
});
