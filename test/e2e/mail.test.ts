import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { startBrowser } from "../support/browser.ts";
import { signIn, signUp } from "../support/forms.ts";
import { Mailbox } from "../support/Mailbox.ts";
import { startStack, type Stack } from "../support/stack.ts";

let mailbox: Mailbox;
let stack: Stack;
let browser: Browser;
let page: Page;
let email: string;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  const { url, token } = mailbox.catcher;
  const vars = { MAILER_URL: url, VERIFY_EMAIL: "required" };
  stack = await startStack({ vars, secrets: { MAILER_TOKEN: token } });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
  await mailbox.close();
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  email = `${crypto.randomUUID()}@example.com`;
  await page.goto(`${stack.url}/register`);
  await signUp(page, "Grace", email);
  await page.getByText("Look into your mail.").waitFor();
  await page.goto(linkIn(await mailbox.next(email)));
  await page.getByRole("heading", { name: "Your email is proved" }).waitFor();
  return () => context.close();
});

function linkIn(mail: string): string {
  return /https?:\S+#\S+/.exec(mail)?.[0] ?? "";
}

test("an account begins with the link in the mail, which works once", async () => {
  await page.reload();
  await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  await page.goto(`${stack.url}/login`);
  await signIn(page, email);
  await page.getByLabel("Name of the new household").waitFor();
});

test("whoever has lost the password gets a mail, sets another one, and is in", async () => {
  await page.goto(`${stack.url}/recover`);
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send me a mail" }).click();
  await page.getByText("a mail with a link is on its way").waitFor();
  await page.goto("about:blank");
  await page.goto(linkIn(await mailbox.next(email, 1)));
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("New password").fill("a new long password");
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByLabel("Name of the new household").waitFor();
});

test("whether there is an account is not told to whoever asks for a mail", async () => {
  await page.goto(`${stack.url}/recover`);
  await page.getByLabel("Email").fill(`nobody.${email}`);
  await page.getByRole("button", { name: "Send me a mail" }).click();
  await page.getByText("If there is an account with this email").waitFor();
  expect(await mailbox.to(`nobody.${email}`)).toEqual([]);
});
