import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { startServer } from "../../local-atlas/server.ts";
import type { Session } from "../../protocol/user.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { enter, makeHome, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { SocketStream } from "../support/SocketStream.ts";
import { type Stack, startStack, TEST_SECRETS } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { expectCutOff, watchPlan } from "../support/watchPlan.ts";

const PASSWORD = "a long password";

let server: Awaited<ReturnType<typeof startServer>>;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startServer({ port: 0, dataDir: folder.path });
  stack = await startStack({ mongoUri: `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0` });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
  await server.close();
  await folder[Symbol.asyncDispose]();
});

function signInAgain({ user }: Person, password = PASSWORD): Promise<Person> {
  return enter(stack.url, "login", { email: user.email, password });
}

function sessionsOf(person: Person): Promise<{ readonly sessions: readonly Session[] }> {
  return person.json("GET", "/api/users/sessions");
}

function endSessions(body: unknown, token: string): Promise<Response> {
  return fetch(`${stack.url}/api/operator/end-sessions`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

test("a new password ends every other session and its streams, and keeps the one that set it", async () => {
  const home = await makeHome(stack.url);
  const elsewhere = await signInAgain(home.owner);
  const [mine, theirs] = [await watchPlan(home.owner, home), await watchPlan(elsewhere, home)];
  const change = { current: PASSWORD, next: "a quite different password" };
  expect((await home.owner.request("POST", "/api/users/password", change)).status).toBe(204);
  await expectCutOff(elsewhere, theirs);
  expect(mine.ended).toBe(false);
  await home.owner.json("GET", "/api/households");
  const old = { email: home.owner.user.email, password: PASSWORD };
  await expect(enter(stack.url, "login", old)).rejects.toThrow("401");
  await signInAgain(home.owner, change.next);
});

test("without the right password nobody gets another one, and nobody is cut off", async () => {
  const home = await makeHome(stack.url);
  const elsewhere = await signInAgain(home.owner);
  const change = { current: "not the password", next: "a quite different password" };
  const refused = await home.owner.request("POST", "/api/users/password", change);
  await expectProblem(refused, "wrong-credentials");
  await elsewhere.json("GET", "/api/households");
  await signInAgain(home.owner);
});

test("a person sees where they are signed in, and ends one session or all others", async () => {
  const { owner } = await makeHome(stack.url);
  const [second, third] = [await signInAgain(owner), await signInAgain(owner)];
  const { sessions } = await sessionsOf(second);
  expect(sessions).toHaveLength(3);
  expect(sessions.filter(({ isThisOne }) => isThisOne)).toHaveLength(1);
  for (const { createdAt, lastSeenAt } of sessions)
    expect(Date.parse(lastSeenAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
  const mine = sessions.find(({ isThisOne }) => isThisOne);
  expect((await owner.request("DELETE", `/api/users/sessions/${mine?._id}`)).status).toBe(204);
  await expectProblem(await second.request("GET", "/api/users/me"), "signed-out");
  await expectProblem(await owner.request("DELETE", `/api/users/sessions/${mine?._id}`), "not-found");
  expect((await owner.request("DELETE", "/api/users/sessions")).status).toBe(204);
  await expectProblem(await third.request("GET", "/api/users/me"), "signed-out");
  expect((await sessionsOf(owner)).sessions).toHaveLength(1);
});

test("nobody ends a session of somebody else", async () => {
  const [{ owner }, stranger] = [await makeHome(stack.url), await makeHome(stack.url, "Mallory")];
  const [mine] = (await sessionsOf(owner)).sessions;
  const refused = await stranger.owner.request("DELETE", `/api/users/sessions/${mine?._id}`);
  await expectProblem(refused, "not-found");
  await owner.json("GET", "/api/households");
});

test("an account that is deleted in the database is cut off within seconds, with its streams", async () => {
  const home = await makeHome(stack.url);
  const stream = await watchPlan(home.owner, home);
  await database.db.collection("users").deleteOne({ _id: new ObjectId(home.owner.user._id) });
  await expect
    .poll(async () => (await home.owner.request("GET", "/api/households")).status, { interval: 500 })
    .toBe(401);
  await expectCutOff(home.owner, stream);
});

test("an operator cuts an account off by its address, in all transports", async () => {
  const home = await makeHome(stack.url);
  const stream = await watchPlan(home.owner, home);
  const url = `${stack.url}/api/streams/households/${home.household._id}`;
  const socket = await SocketStream.open(url, home.owner.cookie);
  const args = ["launcher/endSessions.ts", home.owner.user.email.toUpperCase()];
  const command = spawn(process.execPath, args, {
    env: { ...process.env, MEALCAST_URL: stack.url, ADMIN_TOKEN: TEST_SECRETS.ADMIN_TOKEN },
  });
  const [output, [code]] = await Promise.all([text(command.stdout), once(command, "close")]);
  expect([code, output]).toEqual([0, expect.stringContaining("1 sessions")]);
  await expectCutOff(home.owner, stream);
  await socket.untilEnded();
  expect(socket.events.at(-1)?.event).toBe("reauth");
});

test("an operator cuts an account off while the database is away", async () => {
  const home = await makeHome(stack.url);
  const stream = await watchPlan(home.owner, home);
  await server.close();
  const answer = await endSessions({ userId: home.owner.user._id }, TEST_SECRETS.ADMIN_TOKEN);
  expect(await answer.json()).toEqual({ ended: 1 });
  await expectCutOff(home.owner, stream);
  server = await startServer({ port: server.port, dataDir: folder.path });
});

test("only the administrator's token cuts anybody off", async () => {
  const { owner } = await makeHome(stack.url);
  for (const token of ["", "wrong", TEST_SECRETS.METRICS_TOKEN, `${TEST_SECRETS.ADMIN_TOKEN}x`]) {
    await expectProblem(await endSessions({ email: owner.user.email }, token), "wrong-token", token);
  }
  await owner.json("GET", "/api/households");
  const nobody = await endSessions({ email: "nobody@example.com" }, TEST_SECRETS.ADMIN_TOKEN);
  await expectProblem(nobody, "not-found");
});

test("whoever asks for a stream that is not theirs leaves no trace with their session", async () => {
  const [home, stranger] = [await makeHome(stack.url), await makeHome(stack.url, "Mallory")];
  for (const { plan } of [home, stranger]) {
    const url = `${stack.url}/api/streams/mealplans/${plan._id}`;
    const reader = await StreamReader.open(url, { headers: { cookie: stranger.owner.cookie } });
    onTestFinished(() => reader.close());
  }
  const options = { name: stranger.owner.user._id };
  const { exec } = await stack.harness.getWorker().getDurableObjectStorage("USER_SESSIONS", options);
  expect(await exec("SELECT topic FROM streams")).toEqual([{ topic: `mealplans/${stranger.plan._id}` }]);
});
