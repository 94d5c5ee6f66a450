import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { DatabaseClient, type OpenDatabase } from "../../durable-objects/database/DatabaseClient.ts";
import { startServer } from "../../local-atlas/server.ts";
import { good } from "../../protocol/answer.ts";
import { TcpProxy } from "../support/TcpProxy.ts";

let server: Awaited<ReturnType<typeof startServer>>;
let proxy: TcpProxy;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
});

afterAll(async () => {
  await server.close();
});

beforeEach(async () => {
  proxy = await TcpProxy.start(server.port);
  return () => proxy.stop();
});

// A direct connection: a discovered member would be called past the proxy.
function uri(port = proxy.port): string {
  return `mongodb://127.0.0.1:${port}/mealcast?directConnection=true`;
}

/** A client of an app that has no queries but the test's own. */
function clientOf(at: string, limits?: { readonly idle: number; readonly query: number }) {
  return new DatabaseClient<OpenDatabase>(
    { uri: at, open: (database) => database, prepare: () => Promise.resolve() },
    limits,
  );
}

async function count({ db }: OpenDatabase) {
  return good(await db.collection("users").countDocuments());
}

test("an idle client lets go of all its sockets, and the next query opens them again", async () => {
  const client = clientOf(uri(), { idle: 1, query: 10_000 });
  expect(await client.run("first", count)).toEqual(good(0));
  await proxy.untilNone();
  const { made } = proxy;
  expect(await client.run("second", count)).toEqual(good(0));
  expect(proxy.made).toBeGreaterThan(made);
  await proxy.untilNone();
});

test("queries share few sockets", async () => {
  const client = clientOf(uri(), { idle: 1, query: 10_000 });
  const queries = Array.from({ length: 30 }, () => client.run("many", count));
  expect(new Set((await Promise.all(queries)).map(({ ok }) => ok))).toEqual(new Set([true]));
  expect(proxy.made).toBeLessThanOrEqual(4);
  await proxy.untilNone();
});

test("sockets that were cut between two queries are not noticed by the second", async () => {
  const client = clientOf(uri(), { idle: 500, query: 10_000 });
  await client.run("before", count);
  proxy.cut();
  expect(await client.run("after", count)).toEqual(good(0));
  await proxy.untilNone();
});

test("a database that is away is answered for, and asked again when it is back", async () => {
  const { port } = proxy;
  const client = clientOf(uri(port), { idle: 500, query: 10_000 });
  await proxy.stop();
  expect(await client.run("away", count)).toEqual({ ok: false, code: "database-unavailable" });
  proxy = await TcpProxy.start(server.port, port);
  expect(await client.run("back", count)).toEqual(good(0));
  await proxy.untilNone();
});

test("a database that falls silent is answered for in time, and asked again when it speaks", async () => {
  const client = clientOf(uri(), { idle: 500, query: 1_000 });
  await client.run("before", count);
  proxy.freeze();
  const warnings = vi.spyOn(console, "warn");
  expect(await client.run("silence", count)).toEqual({ ok: false, code: "database-unavailable" });
  expect(JSON.stringify(warnings.mock.calls)).toContain("No answer within 1000 ms");
  proxy.thaw();
  expect(await client.run("back", count)).toEqual(good(0));
  await proxy.untilNone();
});

test("a query that takes too long is given up, and costs the others neither client nor sockets", async () => {
  const client = clientOf(uri(), { idle: 500, query: 500 });
  await client.run("before", count);
  const { made } = proxy;
  const slow = client.run("slow", () => new Promise<never>(() => undefined));
  expect(await client.run("beside", count)).toEqual(good(0));
  expect(await slow).toEqual({ ok: false, code: "database-unavailable" });
  expect(await client.run("after", count)).toEqual(good(0));
  expect(proxy.made).toBe(made);
  await proxy.untilNone();
});

test("a connection string that can't be used is refused without being quoted", async () => {
  const lines = vi.spyOn(console, "error");
  const client = clientOf("mongodb://somebody:secret@/");
  const answer = await client.run("nowhere", count);
  expect(answer).toEqual({ ok: false, code: "internal" });
  expect(JSON.stringify(lines.mock.calls)).not.toContain("secret");
});
