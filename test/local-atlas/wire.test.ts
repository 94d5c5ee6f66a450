import { once } from "node:events";
import { type Document, serialize } from "bson";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../local-atlas/server.ts";
import { ask, body, frame, message, openSocket, readAnswer, sequence } from "./rawWire.ts";

const OP_MSG = 2013;
const OP_QUERY = 2004;

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
});

afterAll(() => server.close());

function send(bytes: Buffer): Promise<Document> {
  return ask(server.port, bytes);
}

/** A nesting that no honest client sends. */
function deeplyNested(): Buffer {
  const depth = 200_000;
  const size = 5 + depth * 8;
  const bytes = Buffer.alloc(size);
  for (let level = 0; level <= depth; level++) {
    bytes.writeInt32LE(size - level * 8, level * 7);
    if (level < depth) bytes.write("\x03a\0", level * 7 + 4, "latin1");
  }
  return bytes;
}

describe("the wire protocol", () => {
  it("answers hello by OP_QUERY, as old clients ask it", async () => {
    const query = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from("admin.$cmd\0"),
      Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]),
      serialize({ ismaster: 1, helloOk: true }),
    ]);
    expect(await send(frame(OP_QUERY, query))).toMatchObject({
      ok: 1,
      ismaster: true,
      setName: "rs0",
      helloOk: true,
    });
  });

  it("takes documents beside the command, and a checksum at its end", async () => {
    const insert = body({ insert: "wired", $db: "test", lsid: undefined });
    const documents = sequence("documents", [{ _id: 1 }, { _id: 2 }]);
    const checksum = 1;
    expect(await send(message([insert, documents], checksum, Buffer.alloc(4)))).toMatchObject({
      ok: 1,
      n: 2,
    });
    const updates = sequence("updates", [{ q: { _id: 1 }, u: { $set: { a: 1 } } }]);
    expect(await send(message([updates, body({ update: "wired", $db: "test" })]))).toMatchObject({
      nModified: 1,
    });
  });

  it("takes a message in single bytes, and several in one piece, answered in order", async () => {
    const socket = await openSocket(server.port);
    for (const byte of message([body({ ping: 1, $db: "admin" })])) socket.write(Buffer.from([byte]));
    expect(await readAnswer(socket)).toMatchObject({ ok: 1 });
    const noReply = message([body({ insert: "wired", documents: [{ _id: 3 }], $db: "test" })], 2);
    socket.write(
      Buffer.concat([noReply, message([body({ count: "wired", query: { _id: 3 }, $db: "test" })])]),
    );
    expect(await readAnswer(socket)).toMatchObject({ n: 1 });
    socket.destroy();
  });
});

describe("fields that JavaScript would put in another order", () => {
  it("stay in theirs, through an insert and an update of another field", async () => {
    const nested = new Map<string, unknown>([
      ["9", 1],
      ["8", { y: 1 }],
    ]);
    const fields = new Map<string, unknown>([
      ["_id", "map"],
      ["b", 1],
      ["2", nested],
      ["1", 0.5],
    ]);
    const insert = body({ insert: "ordered", documents: [fields], $db: "test" });
    expect(await send(message([insert]))).toMatchObject({ ok: 1, n: 1 });
    const updates = [{ q: { _id: "map" }, u: { $set: { c: 1 } } }];
    await send(message([body({ update: "ordered", updates, $db: "test" })]));
    const socket = await openSocket(server.port);
    socket.write(message([body({ find: "ordered", $db: "test" })]));
    const [bytes] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    const expected = serialize(new Map([...fields, ["c", 1]]));
    expect(bytes.toString("hex")).toContain(Buffer.from(expected).toString("hex"));
  });
});

describe("bytes that are no command", () => {
  const sectionless = frame(OP_MSG, Buffer.alloc(4));
  const overlong = Buffer.from([0, 0, 0, 0, 0, 255, 255, 255, 0, 0]);
  it.each<readonly [string, Buffer]>([
    ["a web request", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["a negative size", frame(OP_MSG, Buffer.alloc(4), -5)],
    ["a size below the header's", frame(OP_MSG, Buffer.alloc(4), 3)],
    ["a size beyond the limit", frame(OP_MSG, Buffer.alloc(4), 48_000_001)],
    ["an unknown op code", frame(1234, Buffer.alloc(20))],
    ["a message without a body", sectionless],
    ["an unknown flag that must be known", message([body({ ping: 1, $db: "admin" })], 1 << 5)],
    ["a section beyond its message", frame(OP_MSG, overlong)],
    ["two bodies", message([body({ ping: 1 }), body({ ping: 1 })])],
    ["a query that is no hello", frame(OP_QUERY, Buffer.from("\0\0\0\0test.things\0\0\0\0\0\0\0\0\0\0"))],
  ])("%s: end that connection", async (_name, bytes) => {
    const socket = await openSocket(server.port);
    socket.on("error", () => {});
    const closed = once(socket, "close");
    socket.write(bytes);
    await closed;
  });

  it.each<readonly [string, Buffer]>([
    ["broken BSON", Buffer.concat([Buffer.from([0]), brokenDocument()])],
    ["text that is no UTF-8", Buffer.concat([Buffer.from([0]), badText()])],
    ["a very deep nesting", Buffer.concat([Buffer.from([0]), deeplyNested()])],
    ["no database", body({ ping: 1 })],
    ["a database that cannot be", body({ ping: 1, $db: "a/b" })],
    ["nothing at all", body({})],
    ["an inherited name", body({ toString: 1, $db: "admin" })],
  ])("%s: get an error as their answer", async (_name, section) => {
    expect(await send(message([section]))).toMatchObject({ ok: 0, code: expect.any(Number) });
  });

  it("leave the server alive and what it holds as it was", async () => {
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
    expect(await client.db("test").collection("wired").countDocuments()).toBe(3);
    const large = { text: "x".repeat(16 * 1024 * 1024) };
    await expect(client.db("test").collection("wired").insertOne(large)).rejects.toThrow();
    await client.close();
  });
});

describe("the server", () => {
  it("says that a port is taken", async () => {
    await expect(startServer({ port: server.port, dataDir: null })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  it("listens on loopback only", async () => {
    await expect(startServer({ port: 0, host: "0.0.0.0", dataDir: null })).rejects.toThrow("loopback");
  });
});

/** An element of a type that does not exist. */
function brokenDocument(): Buffer {
  const bytes = Buffer.from(serialize({ ping: 1, $db: "admin" }));
  bytes.writeUInt8(0x7d, 4);
  return bytes;
}

function badText(): Buffer {
  const bytes = Buffer.from(serialize({ ping: "aaaa", $db: "admin" }));
  return Buffer.from(bytes.map((byte) => (byte === 0x61 && bytes.indexOf("aaaa") > 0 ? 0xff : byte)));
}
