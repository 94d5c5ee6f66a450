import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { METRICS_NAMES, metricsName } from "../../protocol/metricsName.ts";
import type { NewShare } from "../../protocol/mealPlan.ts";
import { countCommands } from "../support/countCommands.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, makeHome, newAddress } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack, TEST_SECRETS } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

const PER_ACCOUNT = 3;

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  const most = String(PER_ACCOUNT);
  stack = await startStack({
    vars: {
      HEARTBEAT_SECONDS: "0.5",
      MAX_STREAMS_PER_HUB: most,
      MAX_STREAMS_PER_USER: "2",
      MAX_STREAMS_PER_ACCOUNT: most,
      MAX_STREAMS_PER_ADDRESS: most,
    },
  });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

function randomIds(count: number): readonly string[] {
  return Array.from({ length: count }, () => new ObjectId().toHexString());
}

/** What the operator sees: the topics whose hubs have been asked for anything lately. */
async function hubsAwake(): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${TEST_SECRETS.METRICS_TOKEN}` };
  const status = await (await fetch(`${stack.url}/api/status`, { headers })).json();
  return (status as { perHub: { topic: string }[] }).perHub.map(({ topic }) => topic);
}

async function share({ owner, plan }: Home): Promise<string> {
  return (await owner.json<NewShare>("POST", `/api/mealplans/${plan._id}/shares`, {})).token;
}

async function open(planId: string, headers: Record<string, string>, query = ""): Promise<StreamReader> {
  const url = `${stack.url}/api/streams/mealplans/${planId}${query}`;
  const reader = await StreamReader.open(url, { headers });
  onTestFinished(() => reader.close());
  return reader;
}

/** As anybody may. */
async function askStatus(url: string): Promise<void> {
  expect((await fetch(`${url}/api/status`)).status).toBe(200);
}

test("a token that nobody made wakes no hub and reads nothing, of whatever plan and in whatever form", async () => {
  const home = await makeHome(stack.url);
  const madeUp = ["x".repeat(43), (await share(home)).slice(0, -1), await share(home)];
  const ids = randomIds(60);
  const asked = await countCommands(database.db, ["find", "aggregate"], async () => {
    const addresses = ids.map((id, index) => {
      const path = ["streams/mealplans", "mealplans", "mealplans/updates"][
        Math.floor(index / madeUp.length) % 3
      ];
      return `${stack.url}/api/${path}/${id}?share=${madeUp[index % madeUp.length]}`;
    });
    const answers = await Promise.all(addresses.map((address) => fetch(address)));
    for (const answer of answers) await expectProblem(answer, "not-found");
  });
  expect(asked).toBe(0);
  expect((await hubsAwake()).filter((topic) => ids.some((id) => topic.endsWith(id)))).toEqual([]);
});

/** The letter of base64url that stands for the same bits at the end of a token. */
function twinOf(letter: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return letters.charAt(letters.indexOf(letter) ^ 1);
}

test("a link opens no plan but its own, also with a letter that changes none of its bytes", async () => {
  const [home, other] = [await makeHome(stack.url), await makeHome(stack.url)];
  const token = await share(home);
  expect((await fetch(`${stack.url}/api/mealplans/${home.plan._id}?share=${token}`)).status).toBe(200);
  for (const [plan, wrong] of [
    [other.plan, token],
    [home.plan, token.slice(0, -1) + twinOf(token.at(-1) ?? "")],
    [home.plan, `${token}=`],
  ] as const) {
    const read = await fetch(`${stack.url}/api/mealplans/${plan._id}?share=${encodeURIComponent(wrong)}`);
    await expectProblem(read, "not-found");
  }
});

test("who is signed in can't wake hubs without end by ids that are not theirs, and goes on with their own", async () => {
  const { owner, plan } = await makeHome(stack.url, "Mallory");
  (await open(plan._id, { cookie: owner.cookie })).close();
  const ids = randomIds(120);
  const ask = (id: string, accept: string) =>
    fetch(`${stack.url}/api/streams/mealplans/${id}`, { headers: { cookie: owner.cookie, accept } });
  const [one, ...others] = ids;
  const first = await ask(one ?? "", "text/event-stream");
  const answers = [first, ...(await Promise.all(others.map((id) => ask(id, "application/json"))))];
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) await expectProblem(answer, "too-many-attempts");
  expect(answers.filter(({ ok }) => ok)).toEqual([]);
  const woken = (await hubsAwake()).filter((topic) => ids.some((id) => topic.endsWith(id)));
  expect(woken.length).toBeLessThan((ids.length * 3) / 4);
  expect((await open(plan._id, { cookie: owner.cookie })).response.status).toBe(200);
  const another = await makeHome(stack.url);
  expect((await open(another.plan._id, { cookie: another.owner.cookie })).response.status).toBe(200);
});

test("somebody's streams are counted on all hubs together, and when some are closed there is room again", async () => {
  const home = await makeHome(stack.url);
  const week = "/mealplans?week=2026-W51";
  const next = await home.owner.json<{ _id: string }>("GET", `/api/households/${home.household._id}${week}`);
  const headers = { cookie: home.owner.cookie };
  const first = [await open(home.plan._id, headers), await open(home.plan._id, headers)];
  expect((await open(next._id, headers)).response.status).toBe(200);
  const path = `/api/streams/mealplans/${next._id}`;
  await expectProblem(await home.owner.request("GET", path), "too-many-streams");
  expect((await home.owner.request("GET", `/api/mealplans/${next._id}`)).status).toBe(200);
  for (const reader of first) reader.close();
  const again = async () => (await open(next._id, headers)).response.status;
  await expect.poll(again, { interval: 500 }).toBe(200);
});

test("the guests from one address have their streams counted together, whatever plans they watch", async () => {
  const homes = [await makeHome(stack.url), await makeHome(stack.url)];
  const tokens = await Promise.all(homes.map(share));
  const headers = { "cf-connecting-ip": newAddress() };
  const guest = (number: number, from = headers) =>
    open(homes[number]?.plan._id ?? "", from, `?share=${tokens[number]}`);
  for (const number of [0, 0, 1]) expect((await guest(number)).response.status).toBe(200);
  const refused = await guest(1);
  expect(refused.response.status).toBe(429);
  expect(Number(refused.response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await guest(1, { "cf-connecting-ip": newAddress() })).response.status).toBe(200);
});

test("whoever asks for the status again and again does not ask the database each time", async () => {
  const pings = await countCommands(database.db, ["ping"], async () => {
    for (let asked = 0; asked < 50; asked++) await askStatus(stack.url);
  });
  expect(pings).toBeLessThan(10);
});

test("hubs that nobody has watched for an hour leave the status' table when others report", async () => {
  const fresh = await startStack({ mongoUri: stack.mongoUri });
  onTestFinished(() => fresh.stop());
  await askStatus(fresh.url);
  const tableOf = (name: string) => fresh.harness.getWorker().getDurableObjectStorage("METRICS", { name });
  const row = "INSERT INTO hubs (topic, sse, websocket, counts, reported_at) VALUES (?, 0, 0, '{}', ?)";
  for (const name of METRICS_NAMES) {
    const { exec } = await tableOf(name);
    await exec(row, "mealplans/long-gone", Date.now() - 3_700_000);
    await exec(row, "mealplans/lately", Date.now() - 60_000);
  }
  const { owner, plan } = await makeHome(fresh.url);
  const reader = await StreamReader.open(`${fresh.url}/api/streams/mealplans/${plan._id}`, {
    headers: { cookie: owner.cookie },
  });
  onTestFinished(() => reader.close());
  const { exec } = await tableOf(metricsName(`mealplans/${plan._id}`));
  const topics = async () => JSON.stringify(await exec("SELECT topic FROM hubs"));
  await expect.poll(topics).toContain(plan._id);
  expect(await topics()).toContain("lately");
  expect(await topics()).not.toContain("long-gone");
});
