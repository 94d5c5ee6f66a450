import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import { browserOf, openPlan, startBrowser } from "../support/browser.ts";
import { PASSWORD, signIn } from "../support/forms.ts";
import { enter, join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let jane: Person;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  jane = await join(home, "Jane");
  context = await browserOf(browser, jane);
  page = await context.newPage();
  await page.goto(`${stack.url}/account`);
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  return () => context.close();
});

function section(name: string) {
  return page.getByRole("region", { name });
}

test("a name and an email are changed with the password; a wrong one is said beside its field", async () => {
  const email = `new.${crypto.randomUUID()}@example.com`;
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await section("You").getByLabel("Name").fill("Jane Doe");
  await section("You").getByLabel("Email").fill(email);
  await section("You").getByLabel("Your password").fill("not this one");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("This is not your password.").waitFor();
  await section("You").getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("banner").getByText("Jane Doe").waitFor();
  const { members } = await home.owner.json<Household>("GET", `/api/households/${home.household._id}`);
  expect(members.map(({ name }) => name)).toEqual(["Ada", "Jane Doe"]);
  expect((await enter(stack.url, "login", { email, password: PASSWORD })).user._id).toBe(jane.user._id);
});

test("another password signs out everywhere else, and this page goes on", async () => {
  const elsewhere = await enter(stack.url, "login", { email: jane.user.email, password: PASSWORD });
  await page.getByRole("button", { name: "Change password" }).click();
  await section("You").getByLabel("Your password").fill(PASSWORD);
  await section("You").getByLabel("New password").fill("another long password");
  await section("You").locator("form").getByRole("button", { name: "Change password" }).click();
  await page.getByText("Changed. Everywhere else you are signed out.").waitFor();
  expect((await elsewhere.request("GET", "/api/users/me")).status).toBe(401);
  await page.reload();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  await enter(stack.url, "login", { email: jane.user.email, password: "another long password" });
});

test("who is signed in elsewhere is listed, and is out at once when that is ended", async () => {
  const other = await browser.newContext();
  const phone = await other.newPage();
  await phone.goto(`${stack.url}/login`);
  await signIn(phone, jane.user.email);
  await phone.waitForURL(`**/plans/${home.plan._id}`);
  await page.reload();
  const rows = section("Signed in").getByRole("listitem");
  await rows.filter({ hasText: "Chrome on Linux" }).getByRole("button", { name: "Sign out" }).click();
  await phone.getByText("Sign in and go on where you were").waitFor();
  await expect.poll(() => rows.filter({ hasText: "Chrome on Linux" }).count()).toBe(0);
  await other.close();
});

test("one's data comes as a file, with what one wrote and no secret", async () => {
  const downloading = page.waitForEvent("download");
  await section("Your data").getByRole("link", { name: "Download" }).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ user: { email: jane.user.email } });
  expect(text).toContain("Ada's home");
  expect(text).not.toMatch(/"hash"|"salt"|"tokenHash"/);
});

test("recovery codes are shown once; each gets its owner back in once, without any mail", async () => {
  await page.getByRole("button", { name: "Make new codes" }).click();
  await section("Recovery codes").getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Show new codes" }).click();
  const codes = section("Recovery codes").locator("code");
  await expect.poll(() => codes.count()).toBe(8);
  const code = (await codes.first().textContent()) ?? "";
  await page.getByRole("button", { name: "I have them" }).click();
  expect(await page.getByText(code).count()).toBe(0);

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  await getBackIn(code, "a new long password");
  await page.waitForURL(`**/plans/${home.plan._id}`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.goto(`${stack.url}/recover`);
  await getBackIn(code, "yet another password");
  await page.getByText("This code does not fit").waitFor();
});

async function getBackIn(code: string, password: string): Promise<void> {
  await page.getByRole("heading", { name: "Get back in" }).waitFor();
  await page.getByLabel("Email").fill(jane.user.email);
  if (code !== "") await page.getByLabel("Code").fill(code);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
}

test("an owner helps a member back in by a link that works once", async () => {
  const adas = await browserOf(browser, home.owner);
  const her = await adas.newPage();
  await her.goto(`${stack.url}/households/${home.household._id}`);
  await her.getByRole("button", { name: "Help back in" }).click();
  const url = await her.getByLabel("Link for Jane").inputValue();
  await adas.close();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/login");
  await page.goto(url);
  await getBackIn("", "a new long password");
  await page.waitForURL(`**/plans/${home.plan._id}`);
  await enter(stack.url, "login", { email: jane.user.email, password: "a new long password" });
});

test("whoever deletes the account hears what becomes of each household, and is asked where there is a choice", async () => {
  const adas = await browserOf(browser, home.owner);
  page = await adas.newPage();
  const other = await openPlan(adas, stack.url, home.plan._id);
  await home.owner.json("POST", "/api/households", { name: "The cabin" });
  await page.goto(`${stack.url}/account`);
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByText("The cabin goes with you").waitFor();
  await page.getByText("Ada's home has no other owner").waitFor();
  await page.getByLabel("Whoever has been there longest becomes the owner").check();
  await section("Leaving").getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Delete my account for good" }).click();
  await page.getByRole("heading", { name: "Plan the week" }).waitFor();
  await other.getByText("Sign in to see this page").waitFor();
  const { members } = await jane.json<Household>("GET", `/api/households/${home.household._id}`);
  expect(members).toMatchObject([{ name: "Jane", role: "owner" }]);
  await adas.close();
});

test("a passkey is added, signs its owner in without a password, and is removed", async () => {
  const { origin, close } = await onDevice({ suggestsPasskeys: false });
  await addOne(origin);
  await signOut();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`**/plans/${home.plan._id}`);
  await page.goto(`${origin}/account`);
  await section("Passkeys").getByRole("group", { name: "Remove" }).getByRole("button").click();
  await page.getByRole("button", { name: "Yes, remove" }).click();
  await section("Passkeys").getByText("No passkey yet").waitFor();
  await close();
});

test("a passkey that is chosen where the browser suggests it signs its owner in without a press", async () => {
  const { origin, close } = await onDevice({ suggestsPasskeys: true });
  await addOne(origin);
  await signOut();
  await page.waitForURL(`**/plans/${home.plan._id}`);
  await close();
});

async function addOne(origin: string): Promise<void> {
  await page.goto(`${origin}/account`);
  await signIn(page, jane.user.email);
  await section("Passkeys").getByRole("button", { name: "Add" }).click();
  await page.getByLabel("Its name").fill("Garden phone");
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await section("Passkeys").getByRole("listitem").filter({ hasText: "Garden phone" }).waitFor();
}

/** The page that follows may be left at once, where a passkey is suggested: its address is not waited for. */
async function signOut(): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
}

/**
 * A browser with an authenticator that always says yes. To a page that suggests passkeys it says so at once, as if
 * somebody had chosen: a press would come too late.
 */
async function onDevice({ suggestsPasskeys }: { readonly suggestsPasskeys: boolean }) {
  const own = await browser.newContext();
  page = await own.newPage();
  await page.addInitScript((isOffered) => {
    Object.assign(PublicKeyCredential, { isConditionalMediationAvailable: async () => isOffered });
  }, suggestsPasskeys);
  const devtools = await own.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  // Browsers take passkeys for names only.
  return { origin: stack.url.replace("127.0.0.1", "localhost"), close: () => own.close() };
}
