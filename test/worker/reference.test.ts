import { createHash } from "node:crypto";

import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { ApiReference } from "../support/ApiReference.ts";
import { Authenticator, type RequestOptions } from "../support/Authenticator.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { postHook } from "../support/hook.ts";
import { enter, type Home, join, makeHome, register } from "../support/people.ts";
import { DOT, OutsideHost } from "../support/OutsideHost.ts";
import { SocketStream } from "../support/SocketStream.ts";
import { type Stack, startStack, TEST_SECRETS } from "../support/stack.ts";
import { type ReceivedEvent, StreamReader } from "../support/streamReader.ts";
import {
  ACCOUNT_ROUTES,
  type ApiRoute,
  furnish,
  INVITE_ROUTES,
  LAST_ROUTES,
  OWN_ROUTES,
  routesAbout,
  routesOf,
} from "./apiRoutes.ts";

let stack: Stack;
let reference: ApiReference;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
  reference = await ApiReference.of(stack.url);
});
afterAll(async () => {
  await database.close();
  await stack.stop();
});

/** Calls a route and holds its answer against the reference. */
async function call(cookie: string, { method, path, body }: ApiRoute, headers = {}): Promise<Response> {
  const response = await fetch(stack.url + path, {
    method,
    headers: { cookie, "content-type": "application/json", ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  await reference.expectAnswer(reference.operationOf(method, path), response.clone());
  return response;
}

/** The routes about a home, in an order in which all of them have something to answer: the household goes last. */
async function liveRoutes(home: Home): Promise<readonly ApiRoute[]> {
  const { recipe, entryId, shareId, lineId: line } = await furnish(home);
  const household = home.household._id;
  const { user } = await join(home, "Grace");
  const ids = {
    recipe: recipe._id,
    member: user._id,
    plan: home.plan._id,
    entry: entryId,
    share: shareId,
    line,
  };
  const routes = routesAbout({ ...ids, household });
  const [removals, others] = [routes.filter(isRemoval), routes.filter((route) => !isRemoval(route))];
  const own = removals.filter(({ path }) => path !== `/api/households/${household}`);
  return [...others, ...own, ...removals.filter((route) => !own.includes(route))];
}

function isRemoval({ method }: ApiRoute): boolean {
  return method === "DELETE";
}

/** The routes that make or list what is somebody's own. Who has two households says which one a recipe is for. */
function ownRoutes({ household }: Home): readonly ApiRoute[] {
  return OWN_ROUTES.map((route) =>
    route.path === "/api/recipes" && route.body
      ? { ...route, body: { ...route.body, householdId: household._id } }
      : route,
  );
}

function watchRoutes({ household, plan }: Home): readonly ApiRoute[] {
  return [
    `/api/streams/households/${household._id}`,
    `/api/streams/mealplans/${plan._id}`,
    `/api/streams/recipes/${household._id}`,
    `/api/streams/lists/${household._id}`,
    `/api/mealplans/updates/${plan._id}`,
  ].map((path) => ({ method: "GET", path }));
}

test("every route answers what the reference says", async () => {
  const home = await makeHome(stack.url);
  const { cookie } = home.owner;
  const routes = await liveRoutes(home);
  for (const route of ACCOUNT_ROUTES) await call("", route);
  for (const route of ownRoutes(home)) await call(cookie, route);
  for (const route of watchRoutes(home)) await call(cookie, route, { accept: "application/json" });
  await usePasskey(home);
  await seePicture(home);
  await readPage(home);
  await proveAddress(home);
  await acceptInvite(home);
  await subscribe(home);
  await endSession(home);
  for (const route of routes) await call(cookie, route);
  for (const accept of ["*/*", "text/html"])
    await call(cookie, { method: "GET", path: "/api/streams" }, { accept });
  for (const path of ["/api/status", "/metrics"]) await call("", { method: "GET", path }, OPERATOR);
  await call("", { method: "GET", path: "/api/status" });
  await call("", { method: "GET", path: "/api/demo-plan" });
  await reference.expectAnswer("post /api/hooks/atlas", await postHook(stack.url, JSON.stringify([EVENT])));
  await call(cookie, { method: "POST", path: "/api/users/logout" });
  for (const route of LAST_ROUTES) await call((await register(stack.url)).cookie, route);
  expect([...reference.answered].toSorted()).toEqual(reference.operations.toSorted());
});

async function seePicture({ owner, household }: Home): Promise<void> {
  const pictures = await OutsideHost.start((_, response) => {
    response.writeHead(200, { "content-type": "image/png" }).end(DOT);
  });
  const image = "https://www.pictures.example/bread.png";
  await owner.json("POST", "/api/recipes", { title: "Bread", image, householdId: household._id });
  await call(owner.cookie, { method: "GET", path: `/api/pictures?url=${encodeURIComponent(image)}` });
  await pictures.stop();
}

async function readPage({ owner }: Home): Promise<void> {
  const pages = await OutsideHost.start((_, response) => {
    const recipe = { "@type": "Recipe", name: "Bread", recipeIngredient: ["500 g flour"] };
    const html = `<script type="application/ld+json">${JSON.stringify(recipe)}</script>`;
    response.writeHead(200, { "content-type": "text/html" }).end(html);
  });
  const body = { url: "https://www.recipes.example/bread" };
  await call(owner.cookie, { method: "POST", path: "/api/recipes/import", body });
  await pages.stop();
}

async function subscribe({ owner, household }: Home): Promise<void> {
  const path = `/api/households/${household._id}/calendars`;
  const { _id, url } = await owner.json<{ _id: string; url: string }>("POST", path);
  const feed: ApiRoute = { method: "GET", path: new URL(url).pathname };
  const etag = (await call("", feed)).headers.get("etag") ?? "";
  await call("", feed, { "if-none-match": etag });
  await call(owner.cookie, { method: "DELETE", path: `${path}/${_id}` });
  await call("", feed);
}

async function endSession({ owner }: Home): Promise<void> {
  const { email } = (await register(stack.url)).user;
  await call("", { method: "POST", path: "/api/operator/end-sessions", body: { email } }, ADMINISTRATOR);
  const other = await enter(stack.url, "login", {
    email: owner.user.email,
    password: "another long password",
  });
  const { sessions } = await other.json<{ sessions: { _id: string; isThisOne: boolean }[] }>(
    "GET",
    "/api/users/sessions",
  );
  const { _id } = sessions.find(({ isThisOne }) => isThisOne) ?? {};
  await call(owner.cookie, { method: "DELETE", path: `/api/users/sessions/${_id}` });
}

const ADMINISTRATOR = { authorization: `Bearer ${TEST_SECRETS.ADMIN_TOKEN}` };
const OPERATOR = { authorization: `Bearer ${TEST_SECRETS.METRICS_TOKEN}` };

const EVENT = {
  _id: { _data: `82${"0".repeat(30)}` },
  operationType: "drop",
  ns: { db: "mealcast", coll: "mealplans" },
};

async function proveAddress({ owner }: Home): Promise<void> {
  const token = "y".repeat(43);
  const { _id, email } = owner.user;
  // As a mail would bring it; this stack sends none.
  await database.db.collection("emailtokens").insertOne({
    tokenHash: createHash("sha256").update(token).digest("hex"),
    email,
    account: null,
    userId: new ObjectId(_id),
    expiresAt: new Date(Date.now() + 60_000),
  });
  await call("", { method: "POST", path: "/api/users/verify", body: { token } });
}

async function usePasskey({ owner }: Home): Promise<void> {
  const authenticator = new Authenticator(stack.url);
  const path = "/api/users/passkeys";
  const response = authenticator.create(await owner.json("POST", `${path}/options`));
  await call(owner.cookie, { method: "POST", path, body: { name: "Phone", response } });
  const request = await owner.json<RequestOptions>("POST", `${path}/sign-in/options`);
  const body = { response: authenticator.get(request) };
  await call("", { method: "POST", path: `${path}/sign-in`, body });
  const { passkeys } = await owner.json<{ passkeys: { _id: string }[] }>("GET", path);
  await call(owner.cookie, { method: "DELETE", path: `${path}/${passkeys[0]?._id}` });
}

async function acceptInvite({ owner, household }: Home): Promise<void> {
  const path = `/api/households/${household._id}/invites`;
  const { token } = await owner.json<{ token: string }>("POST", path);
  const friend = await register(stack.url, "Edsger");
  await call("", { method: "POST", path: "/api/invites/preview", body: { token } });
  await call(friend.cookie, { method: "POST", path: "/api/invites/accept", body: { token } });
  await call(friend.cookie, { method: "POST", path: `/api/invites/${token}/accept` });
  const { invites } = await owner.json<{ invites: { _id: string }[] }>("GET", path);
  await call(owner.cookie, { method: "DELETE", path: `${path}/${invites[0]?._id}` });
}

test("a refusal is one that the reference names for the route", async () => {
  const home = await makeHome(stack.url);
  const stranger = await register(stack.url, "Mallory");
  for (const route of [...OWN_ROUTES, ...routesOf(await furnish(home)), ...watchRoutes(home)]) {
    await call("", route);
    await call(stranger.cookie, route, { accept: "application/json" });
    await call(stranger.cookie, route, { origin: "https://elsewhere.example" });
    await call(stranger.cookie, { ...route, path: route.path.replaceAll(/[0-9a-f]{24}/g, "none") });
    if (!route.body) continue;
    await call(home.owner.cookie, { ...route, body: {} });
    await call(home.owner.cookie, route, { "content-type": "text/plain" });
  }
  for (const route of watchRoutes(home)) {
    await call(home.owner.cookie, route, { accept: "image/png" });
    await call(home.owner.cookie, { ...route, path: `${route.path}?heartbeat=never` });
    await call("", { ...route, path: `${route.path}?share=none` });
  }
  await call("", { method: "GET", path: "/metrics" }, { authorization: "Bearer wrong" });
  await call("", { method: "POST", path: "/api/hooks/atlas", body: {} });
});

test("a body that a route takes fits the reference, whose fields the route knows", async () => {
  const home = await makeHome(stack.url);
  const belongings = await furnish(home);
  const routes = [
    ...ACCOUNT_ROUTES,
    ...INVITE_ROUTES,
    ...OWN_ROUTES,
    ...LAST_ROUTES,
    ...routesOf(belongings),
  ];
  for (const { method, path, body } of routes) {
    if (!body) continue;
    const operation = reference.operationOf(method, path);
    const pointer = reference.bodyPointer(operation);
    reference.expectShape(pointer, body);
    expect(reference.fits(pointer, { ...body, unknown: 1 }).valid, operation).toBe(false);
    const { all, required } = reference.bodyFields(operation);
    for (const field of all) {
      const problem = await refusedFields(home, {
        method,
        path,
        body: { ...body, [field]: { wrong: true } },
      });
      expect(problem, `${operation} with a wrong ${field}`).toContain(field);
    }
    for (const field of required) {
      const { [field]: _, ...rest } = body;
      expect(await refusedFields(home, { method, path, body: rest }), operation).toContain(field);
    }
  }
});

async function refusedFields(home: Home, route: ApiRoute): Promise<readonly string[]> {
  const response = await call(home.owner.cookie, route);
  const { fields = [] } = (await response.json()) as { fields?: readonly { path: string }[] };
  return fields.map(({ path }) => path);
}

test("the events of a stream have the shape that the reference says, over either transport", async () => {
  const home = await makeHome(stack.url);
  await furnish(home);
  for (const { path } of watchRoutes(home).slice(0, 3)) {
    const url = stack.url + path;
    const pointer = `/components/schemas/${path.split("/")[3]}-event`;
    const { cookie } = home.owner;
    const reader = await StreamReader.open(url, { headers: { cookie, "last-event-id": "never-1" } });
    await reader.untilEvent("live");
    const socket = await SocketStream.open(url, cookie);
    for (const event of [...reader.events, ...socket.events]) expectEvent(pointer, event);
    expect(reader.named("message").length, path).toBeGreaterThan(0);
    expect(reader.named("reset"), path).toHaveLength(1);
    reader.close();
    socket.close();
  }
});

function expectEvent(pointer: string, { event, id, data }: ReceivedEvent): void {
  reference.expectShape(pointer, { event, ...(id !== undefined && { id }), data: JSON.parse(data) });
}
