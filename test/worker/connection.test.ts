import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { Connection, type Store } from "../../durable-objects/database/Connection.ts";
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

async function count({ users }: Store) {
  return good(await users.countDocuments());
}

test("an idle connection lets go of all its sockets, and the next query opens them again", async () => {
  const connection = new Connection(uri(), { idle: 1, query: 10_000 });
  expect(await connection.run("first", count)).toEqual(good(0));
  await proxy.untilNone();
  const { made } = proxy;
  expect(await connection.run("second", count)).toEqual(good(0));
  expect(proxy.made).toBeGreaterThan(made);
  await proxy.untilNone();
});

test("queries share few sockets", async () => {
  const connection = new Connection(uri(), { idle: 1, query: 10_000 });
  const queries = Array.from({ length: 30 }, () => connection.run("many", count));
  expect(new Set((await Promise.all(queries)).map(({ ok }) => ok))).toEqual(new Set([true]));
  expect(proxy.made).toBeLessThanOrEqual(4);
  await proxy.untilNone();
});

test("sockets that were cut between two queries are not noticed by the second", async () => {
  const connection = new Connection(uri(), { idle: 500, query: 10_000 });
  await connection.run("before", count);
  proxy.cut();
  expect(await connection.run("after", count)).toEqual(good(0));
  await proxy.untilNone();
});

test("a database that is away is answered for, and asked again when it is back", async () => {
  const { port } = proxy;
  const connection = new Connection(uri(port), { idle: 500, query: 10_000 });
  await proxy.stop();
  expect(await connection.run("away", count)).toEqual({ ok: false, code: "database-unavailable" });
  proxy = await TcpProxy.start(server.port, port);
  expect(await connection.run("back", count)).toEqual(good(0));
  await proxy.untilNone();
});

test("a database that falls silent is answered for in time, and asked again when it speaks", async () => {
  const connection = new Connection(uri(), { idle: 500, query: 1_000 });
  await connection.run("before", count);
  proxy.freeze();
  const warnings = vi.spyOn(console, "warn");
  expect(await connection.run("silence", count)).toEqual({ ok: false, code: "database-unavailable" });
  expect(JSON.stringify(warnings.mock.calls)).toContain("No answer within 1000 ms");
  proxy.thaw();
  expect(await connection.run("back", count)).toEqual(good(0));
  await proxy.untilNone();
});

test("a connection string that can't be used is refused without being quoted", async () => {
  const lines = vi.spyOn(console, "error");
  const connection = new Connection("mongodb://somebody:secret@/");
  const answer = await connection.run("nowhere", count);
  expect(answer).toEqual({ ok: false, code: "internal" });
  expect(JSON.stringify(lines.mock.calls)).not.toContain("secret");
});
