import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../support/freePort.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const PROGRAM = fileURLToPath(new URL("../../local-atlas/main.ts", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** `npm run db` with an environment. */
function start(env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

/** Its first lines, once they are there. */
async function linesOf({ stdout }: ChildProcess, count: number): Promise<readonly string[]> {
  if (stdout === null) throw new Error("unreachable");
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    if (lines.push(line) === count) break;
  }
  return lines;
}

/** What it says before it ends, and how it ends. */
async function endOf(child: ChildProcess): Promise<readonly [string, unknown]> {
  if (child.stderr === null) throw new Error("unreachable");
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return [said.trim(), code];
}

describe("npm run db", () => {
  it("says where it listens and how to connect, keeps its data, and ends when it is asked to", async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    for (const expected of [0, 1]) {
      const child = start({ MONGODB_PORT: String(port), DATA_DIR: folder.path });
      const [where, connection = ""] = await linesOf(child, 2);
      expect(where).toBe(`The database listens on 127.0.0.1:${port}, its data are in ${folder.path}.`);
      const client = await MongoClient.connect(connection.replace("Connect with: ", ""));
      const things = client.db("test").collection("things");
      expect(await things.countDocuments()).toBe(expected);
      await things.insertOne({});
      await client.close();
      const exited = once(child, "exit");
      child.kill(expected === 0 ? "SIGINT" : "SIGTERM");
      expect(await exited).toEqual([0, null]);
    }
  });

  it("names what is wrong with its environment", async () => {
    const child = start({ MONGODB_PORT: "kitchen", DATA_DIR: "" });
    expect(await endOf(child)).toEqual([
      "The environment is wrong: MONGODB_PORT: must be a port; DATA_DIR: must be a folder.",
      1,
    ]);
  });

  it("says so when its port is taken or its data are in use, and what to do", async () => {
    await using folder = await temporaryFolder();
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const taken = typeof address === "object" ? String(address?.port) : "";
    const blocked = start({ MONGODB_PORT: taken, DATA_DIR: join(folder.path, "a") });
    expect(await endOf(blocked)).toEqual([
      `Port ${taken} is taken: stop what listens there, or choose another one with MONGODB_PORT.`,
      1,
    ]);
    holder.close();
    await linesOf(start({ MONGODB_PORT: "0", DATA_DIR: folder.path }), 1);
    const second = start({ MONGODB_PORT: "0", DATA_DIR: folder.path });
    expect(await endOf(second)).toEqual([
      `The data in ${folder.path} are in use: stop the other database, or choose another folder with DATA_DIR.`,
      1,
    ]);
  });

  it("ends when who started it is gone", async () => {
    await using folder = await temporaryFolder();
    const script = `require("node:child_process").spawn(process.execPath, [${JSON.stringify(PROGRAM)}], { stdio: "inherit" })`;
    const parent = spawn(process.execPath, ["-e", script], {
      env: { ...process.env, MONGODB_PORT: "0", DATA_DIR: folder.path },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(parent);
    const [where = ""] = await linesOf(parent, 1);
    const port = /127\.0\.0\.1:(\d+)/.exec(where)?.[1];
    parent.kill("SIGKILL");
    const uri = `mongodb://127.0.0.1:${port}/?directConnection=true&serverSelectionTimeoutMS=200`;
    const isGone = () =>
      MongoClient.connect(uri).then(
        async (client) => {
          await client.close();
          return false;
        },
        () => true,
      );
    await expect.poll(isGone).toBe(true);
  });
});
