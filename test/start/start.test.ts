import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Household } from "../../protocol/household.ts";
import { DAYS, type MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { weekOf } from "../../protocol/week.ts";
import { enter, type Person } from "../support/people.ts";
import { StreamReader } from "../support/streamReader.ts";
import { temporaryFolder } from "../triggers/appCopy.ts";
import { alive, descendants, freePort, named, start, startWithin, type Start } from "./startProcess.ts";

type Place = Readonly<Record<"PORT" | "MONGODB_PORT" | "DATA_DIR", string>>;

async function placeIn(directory: string): Promise<Place> {
  const [port, mongodbPort] = [await freePort(), await freePort()];
  return { PORT: String(port), MONGODB_PORT: String(mongodbPort), DATA_DIR: directory };
}

async function ownPlace(): Promise<Place> {
  return placeIn(await temporaryFolder());
}

function jon(address: string): Promise<Person> {
  return enter(address, "login", { email: "jon.doe@example.com", password: "jonpassword" });
}

async function planOf(person: Person): Promise<MealPlan> {
  const [household] = await person.json<Household[]>("GET", "/api/households");
  return person.json<MealPlan>("GET", `/api/households/${household?._id}/mealplans`);
}

function watch(person: Person, plan: MealPlan): Promise<StreamReader> {
  const url = `${person.url}/api/mealplans/updates/${plan._id}`;
  return StreamReader.open(url, { headers: { cookie: person.cookie } });
}

async function complaint(env: Readonly<Record<string, string>>): Promise<string> {
  const running = start(env);
  expect(await running.exited()).toBe(1);
  return running.output().trim();
}

describe("npm start", () => {
  let place: Place;
  let running: Start;
  let address: string;
  // A hook that is registered within a hook never runs.
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), "mealcast-"));
    ends.push(() => rm(directory, { recursive: true }));
    place = await placeIn(directory);
    running = start(place, (end) => ends.push(end));
    address = await running.ready();
  });
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });

  test("brings up the page and the demo accounts of one household", async () => {
    expect(address).toBe(`http://127.0.0.1:${place.PORT}`);
    expect(await (await fetch(address)).text()).toContain("<!doctype html>");
    const person = await jon(address);
    await enter(address, "login", { email: "jane.doe@example.com", password: "janepassword" });
    const households = await person.json<Household[]>("GET", "/api/households");
    expect(households.map(({ name }) => name)).toEqual(["Doe's Household"]);
    expect(households[0]?.members.map(({ name, role }) => [name, role])).toEqual([
      ["Jon Doe", "owner"],
      ["Jane Doe", "member"],
    ]);
  });

  test("brings thirty recipes that one can cook from", async () => {
    const recipes = await (await jon(address)).json<Recipe[]>("GET", "/api/recipes");
    expect(new Set(recipes.map(({ title }) => title)).size).toBe(30);
    const poor = recipes.filter(
      ({ ingredients, steps, tags }) =>
        ingredients.filter(({ quantity }) => quantity !== null).length < 4 ||
        steps.length < 2 ||
        tags.length < 1,
    );
    expect(poor.map(({ title }) => title)).toEqual([]);
  });

  test("brings a week of meals for this week: a dinner each day, from the recipes, planned by both", async () => {
    const person = await jon(address);
    const { week, entries } = await planOf(person);
    expect(week).toBe(weekOf(new Date()));
    const dinners = entries.filter(({ meal }) => meal === "dinner");
    expect(dinners.map(({ day }) => day).toSorted()).toEqual(DAYS.toSorted());
    const recipes = await person.json<Recipe[]>("GET", "/api/recipes");
    const ids = new Set(recipes.map(({ _id }) => _id));
    const cooked = entries.filter(({ recipeId }) => recipeId !== null && ids.has(recipeId));
    expect(cooked.length).toBeGreaterThan(entries.length / 2);
    expect(new Set(entries.map(({ addedBy }) => addedBy)).size).toBe(2);
  });

  test("brings the shopping list of that week, of which two have put one thing each into the trolley", async () => {
    const person = await jon(address);
    const { householdId } = await planOf(person);
    const headers = { cookie: person.cookie, accept: "application/json" };
    const answer = await fetch(`${address}/api/streams/lists/${householdId}`, { headers });
    const { items } = (await answer.json()) as { readonly items: readonly ShoppingLine[] };
    expect(items.length).toBeGreaterThan(40);
    const ticked = items.filter(({ done }) => done);
    expect(ticked.map(({ name }) => name).toSorted()).toEqual(["chickpeas", "spaghetti"]);
    expect(new Set(ticked.map(({ doneBy }) => doneBy)).size).toBe(2);
  });

  test("prints an address of the database at which a change is seen by an open stream", async () => {
    const person = await jon(address);
    const stream = await watch(person, await planOf(person));
    onTestFinished(() => stream.close());
    const mongodbUri = /The database: (\S+)/.exec(running.output())?.[1] ?? "";
    const client = new MongoClient(mongodbUri);
    onTestFinished(() => client.close());
    const plans = client.db().collection<{ entries: object[] }>("mealplans");
    await plans.updateOne({}, { $push: { entries: { day: "friday", meal: "dinner", title: "Fish pie" } } });
    await stream.until(({ latest }) => JSON.stringify(latest ?? null).includes("Fish pie"), "the dish");
  });

  test("writes mails to a folder that it prints", async () => {
    const folder = /written to (\S+)/.exec(running.output())?.[1] ?? "";
    expect(folder).toBe(join(place.DATA_DIR, "mail"));
    await fetch(`${address}/api/users/recover`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "jane.doe@example.com" }),
    });
    const mails = async () =>
      Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
    await expect.poll(async () => (await mails()).join("\n")).toContain(`${address}/recover#code=`);
  });

  test("makes secrets that only their owner can read", async () => {
    const { mode } = await stat(join(place.DATA_DIR, "secrets.json"));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe("it stops", () => {
  test("on Ctrl-C with everything it started, open streams or not, and the next start has the data", async () => {
    const place = await ownPlace();
    const first = start(place);
    const before = await jon(await first.ready());
    const plan = await planOf(before);
    const stream = await watch(before, plan);
    await stream.untilEvent("live");
    const dish = { day: "monday", meal: "dinner", title: "Soup" };
    await before.json("POST", `/api/mealplans/${plan._id}/entries`, dish);
    const [removed] = plan.entries;
    await before.json("DELETE", `/api/mealplans/${plan._id}/entries/${removed?._id}`);
    const { entries } = await planOf(before);
    const recipes = await before.json<Recipe[]>("GET", "/api/recipes");
    const started = descendants(first.process.pid ?? 0);
    expect(started.length).toBeGreaterThanOrEqual(4);
    first.process.kill("SIGINT");
    expect(await first.exited()).toBe(0);
    await expect.poll(() => alive(started), { timeout: 10_000 }).toEqual([]);

    const second = start({ ...place, TRIGGERS: "off" });
    const after = await jon(await second.ready());
    expect((await planOf(after)).entries).toEqual(entries);
    expect(entries.at(-1)).toMatchObject(dish);
    expect(await after.json("GET", "/api/recipes")).toEqual(recipes);
    expect(second.output()).not.toContain("triggers |");
    second.process.kill("SIGTERM");
    expect(await second.exited()).toBe(0);
  }, 120_000);

  test("leaves nobody behind when it is killed itself", async () => {
    const running = start(await ownPlace());
    await running.ready();
    const started = descendants(running.process.pid ?? 0);
    running.process.kill("SIGKILL");
    await expect.poll(() => alive(started), { timeout: 10_000 }).toEqual([]);
  });

  test("with code 1 and a clear word when the Worker's runtime dies, of which Wrangler takes no notice", async () => {
    const running = start(await ownPlace());
    await running.ready();
    const started = descendants(running.process.pid ?? 0);
    const [runtime = 0] = named("workerd", started).toReversed();
    process.kill(runtime, "SIGKILL");
    expect(await running.exited()).toBe(1);
    expect(running.output()).toContain("The Worker's runtime ended unexpectedly (SIGKILL).");
    await expect.poll(() => alive(started), { timeout: 10_000 }).toEqual([]);
  });

  test("with code 1 and a clear word when one of its parts dies", async () => {
    const running = start(await ownPlace());
    await running.ready();
    const started = descendants(running.process.pid ?? 0);
    process.kill(started[0] ?? 0, "SIGKILL");
    expect(await running.exited()).toBe(1);
    expect(running.output()).toContain("ended unexpectedly (SIGKILL).");
    await expect.poll(() => alive(started), { timeout: 10_000 }).toEqual([]);
  });
});

describe("where a process may open few files and sockets", () => {
  test("streams beyond what they are enough for are refused in words, and it lives on", async () => {
    const running = startWithin(1024, await ownPlace());
    const person = await jon(await running.ready());
    const url = `${person.url}/api/mealplans/updates/${(await planOf(person))._id}`;
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    const opened: Response[] = [];
    while (opened.at(-1)?.status !== 503 && opened.length < 400) {
      opened.push(await fetch(url, { headers: { cookie: person.cookie }, signal: abort.signal }));
    }
    expect(await opened.at(-1)?.json()).toMatchObject({ code: "hub-full" });
    expect(opened.length).toBeGreaterThan(100);
    expect(await planOf(person)).toMatchObject({ week: weekOf(new Date()) });
  });
});

describe("what is wrong is said in one sentence, with exit code 1", () => {
  test.each(["PORT", "MONGODB_PORT"] as const)("when %s is taken", async (variable) => {
    const place = await ownPlace();
    const squatter = createServer().listen(Number(place[variable]), "127.0.0.1");
    onTestFinished(() => void squatter.close());
    await once(squatter, "listening");
    expect(await complaint(place)).toBe(
      `Port ${place[variable]} is taken: stop what listens there, or choose another one with ${variable}.`,
    );
  });

  test("when the database can't be reached", async () => {
    const port = await freePort();
    const MONGODB_URI = `mongodb://jon:secret@127.0.0.1:${port}/mealcast`;
    const words = await complaint({ ...(await ownPlace()), MONGODB_URI });
    expect(words).toMatch(new RegExp(`^The database at 127\\.0\\.0\\.1:${port} can't be reached: .*\\.$`));
    expect(words).not.toContain("secret");
  });

  test("when a process may open too few files and sockets", async () => {
    const running = startWithin(512, await ownPlace());
    expect(await running.exited()).toBe(1);
    expect(running.output().trim()).toBe(
      "This shell lets a process open 512 files and sockets, and 1024 are needed: raise it by `ulimit -n`.",
    );
  });

  test("when a variable is wrong", async () => {
    expect(await complaint({ ...(await ownPlace()), TRIGGERS: "maybe" })).toMatch(
      /^The environment is wrong: TRIGGERS: .*\.$/,
    );
  });
});
