import { describe, expect, test } from "vitest";
import { SYSTEM_CLOCK } from "../../trigger-runner/clock.ts";
import { FunctionRuntime } from "../../trigger-runner/FunctionRuntime.ts";
import type { LogEntry } from "../../trigger-runner/log.ts";
import { startHookServer } from "../atlas-functions/hookServer.ts";

/** Runs the body of a function and answers what it logged. Its argument is `event`. */
async function run(
  body: string,
  event: unknown = {},
  { values = {}, limitMs = 300_000 }: { values?: Record<string, string>; limitMs?: number } = {},
): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  const log = (entry: LogEntry): void => void entries.push(entry);
  const runtime = new FunctionRuntime({
    values: new Map(Object.entries(values)),
    log,
    clock: SYSTEM_CLOCK,
    limitMs,
  });
  runtime.load("probe", `exports = async function (event) {\n${body}\n};`);
  try {
    await runtime.run("probe", event, { token: "T1" });
  } finally {
    runtime.close();
  }
  return entries;
}

function messages(entries: readonly LogEntry[]): readonly string[] {
  return entries.map((entry) => entry.message);
}

describe("a function finds only what Atlas gives", () => {
  test.each(
    "fetch TextEncoder TextDecoder BigInt Proxy Reflect WeakSet process Buffer globalThis URL setInterval".split(
      " ",
    ),
  )("not %s", async (name) => {
    expect(messages(await run(`console.log(typeof ${name})`))).toEqual(["undefined"]);
  });

  test.each(["[].flat", "[].at", '"".replaceAll', "Object.fromEntries", "Promise.allSettled"])(
    "not %s, which came after Node 10",
    async (method) => {
      expect(messages(await run(`console.log(typeof ${method})`))).toEqual(["undefined"]);
    },
  );

  test.each(["assert", "buffer", "crypto", "events", "querystring", "stream", "url", "util", "zlib"])(
    "the module %s",
    async (name) => {
      expect(messages(await run(`console.log(!!require("${name}"))`))).toEqual(["true"]);
    },
  );

  test.each(["fs", "child_process", "cluster", "vm", "worker_threads", "./config.json", "axios"])(
    "not the module %s",
    async (name) => {
      await expect(run(`require("${name}")`)).rejects.toThrow(`Cannot find module '${name}'`);
    },
  );

  test("crypto and util without what Atlas lacks of them", async () => {
    const body = `console.log(typeof require("util").TextEncoder, typeof require("crypto").createECDH)`;
    expect(messages(await run(body))).toEqual(["undefined undefined"]);
  });

  test("a clear word about what is not emulated", async () => {
    await expect(run(`utils.jwt.encode("HS256", {}, "k")`)).rejects.toThrow("utils.jwt is not emulated");
    await expect(run(`utils.crypto.sign("x", "k", "pss")`)).rejects.toThrow(
      "utils.crypto.sign is not emulated",
    );
  });

  test("its values, and undefined for others", async () => {
    const body = `console.log(context.values.get("hookUrl"), context.values.get("other"))`;
    expect(messages(await run(body, {}, { values: { hookUrl: "u" } }))).toEqual(["u undefined"]);
  });

  test("Extended JSON that is canonical", async () => {
    const body = `console.log(EJSON.stringify(event), EJSON.parse('{"a":{"$numberLong":"5"}}').a.constructor.name)`;
    const entries = await run(body, { n: 42, at: new Date(0) });
    expect(messages(entries)).toEqual(['{"n":{"$numberInt":"42"},"at":{"$date":{"$numberLong":"0"}}} Long']);
  });
});

describe("context.http", () => {
  test("answers as Atlas does: lists of headers spelt as in Go, a binary body, a status that is no error", async () => {
    await using hook = await startHookServer([{ status: 503, headers: { "retry-after": "3" } }]);
    const body = `
      const answer = await context.http.post({
        url: event.url, headers: { "X-Two": ["a", "b"] }, body: "text",
      });
      console.log(answer.statusCode, answer.status, answer.headers["Retry-After"][0], answer.body.text() === "");`;
    const entries = await run(body, { url: hook.url });
    expect(messages(entries)).toEqual(["503 503 Service Unavailable 3 true"]);
    expect(hook.posts[0]).toMatchObject({ body: "text", headers: { "x-two": "a, b" } });
  });

  test("writes an object as canonical Extended JSON when asked", async () => {
    await using hook = await startHookServer();
    const body = `await context.http.post({ url: event.url, body: { n: 1 }, encodeBodyAsJSON: true })`;
    await run(body, { url: hook.url });
    expect(hook.posts[0]?.body).toBe('{"n":{"$numberInt":"1"}}');
  });

  test.each([
    [
      "a header that is no list",
      `{ url: event.url, headers: { a: "b" }, body: "" }`,
      "is an array of strings",
    ],
    ["an object without encodeBodyAsJSON", `{ url: event.url, body: {} }`, "needs encodeBodyAsJSON"],
    ["a form, which is not emulated", `{ url: event.url, form: {} }`, "Unrecognized key"],
    ["an address that is no URL", `{ url: "here", body: "" }`, "Invalid URL"],
  ])("refuses %s", async (_, request, message) => {
    await expect(run(`await context.http.post(${request})`, { url: "http://127.0.0.1:9" })).rejects.toThrow(
      message,
    );
  });
});

describe("a run", () => {
  test("has its own labels on every line that it logs, also later and beside others", async () => {
    const entries: LogEntry[] = [];
    const log = (entry: LogEntry): void => void entries.push(entry);
    const timers: (() => void)[] = [];
    const clock = { ...SYSTEM_CLOCK, setTimeout: (later: () => void) => timers.push(later) };
    const runtime = new FunctionRuntime({ values: new Map(), log, clock, limitMs: 300_000 });
    runtime.load(
      "probe",
      `exports = async (name) => {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        console.error("from", name);
      };`,
    );
    const runs = ["a", "b"].map((name) => runtime.run("probe", name, { token: name }));
    for (const later of timers) later();
    await Promise.all(runs);
    expect(entries).toEqual([
      { level: "error", message: "from a", token: "a" },
      { level: "error", message: "from b", token: "b" },
    ]);
  });

  test("that never ends is given up", async () => {
    await expect(run(`await new Promise(() => {})`, {}, { limitMs: 5 })).rejects.toThrow("longer than 5 ms");
  });

  test("of a file that assigns no function is refused", () => {
    const log = console.log;
    const runtime = new FunctionRuntime({ values: new Map(), log, clock: SYSTEM_CLOCK, limitMs: 300_000 });
    expect(() => runtime.load("empty", "const a = 1;")).toThrow("functions/empty.js assigns no function");
  });
});
