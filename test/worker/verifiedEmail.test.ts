import { afterAll, beforeAll, expect, test } from "vitest";

import { Mailbox } from "../support/Mailbox.ts";
import { enter, newAddress } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const PASSWORD = "a long password";

let mailbox: Mailbox;
let stack: Stack;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  const { url, token } = mailbox.catcher;
  const vars = { MAILER_URL: url };
  stack = await startStack({ vars, secrets: { MAILER_TOKEN: token } });
});

afterAll(async () => {
  await stack.stop();
  await mailbox.close();
});

function post(door: string, body: object): Promise<Response> {
  return fetch(`${stack.url}/api/users/${door}`, {
    method: "POST",
    headers: { "content-type": "application/json", "cf-connecting-ip": newAddress() },
    body: JSON.stringify(body),
  });
}

function registration(email: string, password = PASSWORD): Promise<Response> {
  return post("register", { email, name: "Ada", password });
}

async function proveBy(mail: string): Promise<Response> {
  return post("verify", { token: /#token=(\S+)/.exec(mail)?.[1] ?? "none" });
}

test("where addresses have to be proved an account begins with the link in the mail", async () => {
  const email = "ada@example.com";
  const answer = await registration(email);
  expect(answer.status).toBe(202);
  expect(answer.headers.get("set-cookie")).toBeNull();
  await expectProblem(await post("login", { email, password: PASSWORD }), "wrong-credentials");
  expect(await (await proveBy(await mailbox.next(email))).json()).toEqual({ email });
  const ada = await enter(stack.url, "login", { email, password: PASSWORD });
  expect(ada.user).toMatchObject({ name: "Ada", email, emailVerified: true });
});

test("whether there is an account already is told to its mailbox only", async () => {
  const [email, fresh] = ["grace@example.com", "fresh@example.com"];
  await registration(email);
  await proveBy(await mailbox.next(email));
  const answers = [await registration(email, "the password of a stranger"), await registration(fresh)];
  const told = await Promise.all(
    answers.map(async (answer) => [answer.status, [...answer.headers.keys()], await answer.json()]),
  );
  expect(told[0]).toEqual(told[1]);
  const mail = await mailbox.next(email, 1);
  expect(mail).toContain("You have an account already");
  expect(mail).not.toContain("#token=");
  await enter(stack.url, "login", { email, password: PASSWORD });
});

test("of several who ask for one address, whoever opens a link first has it", async () => {
  const email = "twice@example.com";
  await registration(email, "the first long password");
  await registration(email, "the second long password");
  const [first, second] = [await mailbox.next(email), await mailbox.next(email, 1)];
  expect((await proveBy(second)).status).toBe(200);
  await expectProblem(await proveBy(first), "email-taken");
  await enter(stack.url, "login", { email, password: "the second long password" });
});

test("where no mail can be sent nobody is told that one was", async () => {
  const silent = await startStack({
    mongoUri: stack.mongoUri,
    vars: { MAILER_URL: "http://127.0.0.1:9/", VERIFY_EMAIL: "required" },
  });
  try {
    for (const email of ["ada@example.com", "unheard@example.com"]) {
      const refused = await fetch(`${silent.url}/api/users/register`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, name: "Ada", password: PASSWORD }),
      });
      await expectProblem(refused, "mail-unavailable");
    }
  } finally {
    await silent.stop();
  }
});
