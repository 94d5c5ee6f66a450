import type { IncomingMessage, ServerResponse } from "node:http";

import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DatabaseView } from "../support/databaseView.ts";
import { INSIDE } from "../support/inside.ts";
import { type Home, makeHome, type Person } from "../support/people.ts";
import { DOT, OutsideHost } from "../support/OutsideHost.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const HOST = "https://www.pictures.example";

let stack: Stack;
let database: DatabaseView;
let pictures: OutsideHost;
let home: Home;

beforeAll(async () => {
  pictures = await OutsideHost.start(answer);
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
  home = await makeHome(stack.url);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
  await pictures.stop();
});

/** What each address of the pictures' host answers. */
function answer({ url = "" }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url);
  const to = pathname === "/circle" ? url : searchParams.get("to");
  if (to !== null) {
    // As bytes: a host may write any letter there.
    response.writeHead(302, { location: Buffer.from(to).toString("latin1") }).end();
    return;
  }
  if (pathname.startsWith("/endless")) {
    response.writeHead(200, { "content-type": "image/png" });
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
    return;
  }
  const type = searchParams.get("type") ?? "image/png";
  response.writeHead(pathname === "/gone.png" ? 404 : 200, { "content-type": type, "set-cookie": "a=b" });
  response.end(DOT);
}

function pathOf(image: string): string {
  return `/api/pictures?url=${encodeURIComponent(image)}`;
}

/** Puts a picture into a recipe of the home as somebody might by hand, and asks for it. */
async function askFor(image: string, person: Person = home.owner): Promise<Response> {
  const householdId = new ObjectId(home.household._id);
  await database.db.collection("recipes").insertOne({ householdId, title: "Pictured", image });
  return person.request("GET", pathOf(image));
}

test("a recipe's picture on another host is seen without that host learning by whom", async () => {
  const seen = await askFor(`${HOST}/soup.png`);
  expect(seen.status).toBe(200);
  expect(seen.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await seen.arrayBuffer())).toEqual(DOT);
  expect(seen.headers.get("set-cookie")).toBeNull();
  expect(seen.headers.get("cache-control")).toContain("private");
  expect(seen.headers.get("content-security-policy")).toContain("sandbox");
  expect(seen.headers.get("x-content-type-options")).toBe("nosniff");
  const { address, headers } = pictures.asked.at(-1) ?? { address: "", headers: {} };
  expect(address).toBe(`${HOST}/soup.png`);
  for (const name of ["cookie", "referer", "origin", "authorization"]) expect(headers[name]).toBeUndefined();
  expect(JSON.stringify(headers)).not.toContain(home.owner.user.email);
});

test("nobody lets us fetch what stands in no recipe of theirs", async () => {
  await askFor(`${HOST}/secret.png`);
  const stranger = (await makeHome(stack.url, "Mallory")).owner;
  const count = pictures.asked.length;
  await expectProblem(await stranger.request("GET", pathOf(`${HOST}/secret.png`)), "not-found");
  await expectProblem(await home.owner.request("GET", pathOf(`${HOST}/other.png`)), "not-found");
  await expectProblem(await fetch(stack.url + pathOf(`${HOST}/secret.png`)), "signed-out");
  await expectProblem(await home.owner.request("GET", "/api/pictures"), "invalid-query");
  expect(pictures.asked).toHaveLength(count);
});

test.each(INSIDE)("nothing is fetched from %s, nor by a detour", async (image) => {
  const count = pictures.asked.length;
  await expectProblem(await askFor(image), "picture-unavailable");
  expect(pictures.asked).toHaveLength(count);
  const detour = `${HOST}/moved?to=${encodeURIComponent(image)}`;
  const answered = await askFor(detour);
  // A path on the host itself is a way on that host.
  if (!image.startsWith("/")) await expectProblem(answered, "picture-unavailable");
  expect(pictures.asked.map(({ address }) => address)).not.toContain(image);
});

test("a picture that was moved is found, but not one that is moved in a circle", async () => {
  expect((await askFor(`${HOST}/moved?to=/soup.png`)).status).toBe(200);
  const count = pictures.asked.length;
  await expectProblem(await askFor(`${HOST}/circle`), "picture-unavailable");
  expect(pictures.asked.length - count).toBeLessThan(6);
});

test("what is no picture, holds scripts, is gone, or never ends is not passed on", async () => {
  for (const path of ["/page?type=text/html", "/logo?type=image/svg%2Bxml", "/gone.png", "/endless.png"])
    await expectProblem(await askFor(HOST + path), "picture-unavailable", path);
});

test("the page's policy lets a browser fetch pictures from nowhere else", async () => {
  const policy = (await fetch(stack.url)).headers.get("content-security-policy") ?? "";
  expect(policy).toContain("img-src 'self';");
});
