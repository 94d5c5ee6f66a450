import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { startServer } from "../../local-atlas/server.ts";
import { makeHome, newAddress } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let server: Awaited<ReturnType<typeof startServer>>;
let token: string;

async function start(REGISTRATION: string): Promise<Stack> {
  const mongoUri = `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0`;
  return startStack({ mongoUri, vars: { REGISTRATION } });
}

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
  const stack = await start("open");
  const { owner, household } = await makeHome(stack.url);
  ({ token } = await owner.json<{ token: string }>("POST", `/api/households/${household._id}/invites`));
  await stack.stop();
});
afterAll(() => server.close());

function register({ url }: Stack, more: object = {}): Promise<Response> {
  const person = { email: `new${newAddress()}@example.com`, name: "New", password: "a long password" };
  return fetch(`${url}/api/users/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...person, ...more }),
  });
}

test("where it is said so, only who is invited makes an account", async () => {
  const stack = await start("invitation");
  onTestFinished(() => stack.stop());
  await expectProblem(await register(stack), "registration-closed");
  await expectProblem(await register(stack, { invitation: "x".repeat(43) }), "registration-closed");
  expect((await register(stack, { invitation: token })).status).toBe(201);
});

test("where registration is closed, or the setting can't be read, nobody makes an account", async () => {
  const stack = await start("a slip of the operator");
  onTestFinished(() => stack.stop());
  await expectProblem(await register(stack), "registration-closed");
  await expectProblem(await register(stack, { invitation: token }), "registration-closed");
});
