import { readFile } from "node:fs/promises";
import { EJSON, Long, ObjectId, Timestamp } from "bson";
import { describe, expect, test } from "vitest";
import { FunctionRuntime } from "../../trigger-runner/FunctionRuntime.ts";
import { SIGNATURE_HEADER, signedText, TIMESTAMP_HEADER } from "../../protocol/signature.ts";
import { startHookServer, type Post, type Treatment } from "./hookServer.ts";
import { pauseClock, type PauseClock } from "./pauseClock.ts";

const START = Date.UTC(2026, 10, 20, 12);
const SECRET = "5e".repeat(32);
const PLAN = new ObjectId("655f00000000000000000001");
const TOKEN = "8265A1B2C30000000129";
const EVENT = {
  _id: { _data: TOKEN },
  operationType: "update",
  ns: { db: "mealcast", coll: "mealplans" },
  documentKey: { _id: PLAN },
  fullDocument: { _id: PLAN, entries: [{ title: "Crème brûlée 🍮 “für” 二人", servings: 2 }] },
  clusterTime: new Timestamp({ t: 1763640000, i: 1 }),
  wallTime: new Date(START),
  big: Long.fromString("9007199254740993"),
};

const source = await readFile(
  new URL("../../atlas-functions/functions/publishChange.js", import.meta.url),
  "utf8",
);

interface Outcome {
  readonly posts: readonly Post[];
  readonly clock: PauseClock;
  /** What the function threw, `null` when it published. */
  readonly thrown: string | null;
  readonly log: string;
}

/** Runs the deployed file, as it is, against a real hook. */
async function publish(treatments: readonly Treatment[], random = 0.5): Promise<Outcome> {
  const clock = pauseClock(START, random);
  await using hook = await startHookServer(treatments, () => clock.expire());
  const values = new Map([
    ["hookUrl", hook.url],
    ["hookSecret", SECRET],
  ]);
  return { posts: hook.posts, clock, ...(await run(values, clock)) };
}

async function run(
  values: ReadonlyMap<string, string>,
  clock: PauseClock,
): Promise<Pick<Outcome, "thrown" | "log">> {
  const lines: string[] = [];
  const log = (entry: object): void => void lines.push(JSON.stringify(entry));
  const runtime = new FunctionRuntime({ values, log, clock, limitMs: 300_000 });
  runtime.load("publishChange", source);
  const thrown = await runtime.run("publishChange", EVENT, {}).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
  runtime.close();
  return { thrown, log: lines.join("\n") };
}

async function webCryptoSignature(secret: string, content: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", key, encoder.encode(content));
  return Buffer.from(digest).toString("hex");
}

function elapsed(outcome: Outcome): number {
  return outcome.clock.now() - START;
}

describe("what the hook gets", () => {
  test("is the whole event as canonical Extended JSON, in any script", async () => {
    const { posts, thrown } = await publish([]);
    expect(thrown).toBeNull();
    expect(posts).toHaveLength(1);
    expect(EJSON.parse(posts[0]?.body ?? "", { relaxed: false })).toEqual(
      EJSON.parse(EJSON.stringify(EVENT, { relaxed: false }), { relaxed: false }),
    );
    expect(posts[0]?.headers["content-type"]).toBe("application/json");
  });

  test("is signed so that WebCrypto over UTF-8 agrees", async () => {
    const { posts } = await publish([]);
    const { headers = {}, body = "" } = posts[0] ?? {};
    const timestamp = String(headers[TIMESTAMP_HEADER]);
    expect(timestamp).toBe(String(START / 1000));
    expect(headers[SIGNATURE_HEADER]).toBe(await webCryptoSignature(SECRET, signedText(timestamp, body)));
  });

  test("is the same in every encoding that Atlas might use", async () => {
    const { posts } = await publish([]);
    expect(posts[0]?.body).toMatch(/^[\x20-\x7e]+$/);
  });

  test("is signed anew at each attempt", async () => {
    const { posts } = await publish([{ status: 503, headers: { "retry-after": "7" } }]);
    const [first, second] = posts.map(({ headers }) => Number(headers[TIMESTAMP_HEADER]));
    expect(second).toBe((first ?? 0) + 7);
    expect(posts[0]?.body).toBe(posts[1]?.body);
    expect(posts[1]?.headers[SIGNATURE_HEADER]).not.toBe(posts[0]?.headers[SIGNATURE_HEADER]);
  });
});

describe("a hook that can't take the event now", () => {
  const passing: readonly Treatment[] = [
    ...[408, 429, 500, 502, 503, 504].map((status) => ({ status })),
    "cut",
    "silence",
  ];

  test.each(passing)("gets it again: %j", async (treatment) => {
    const { posts, thrown } = await publish([treatment, treatment]);
    expect(thrown).toBeNull();
    expect(posts).toHaveLength(3);
  });

  test("is left alone for longer each time, up to five seconds", async () => {
    const { clock } = await publish(Array.from({ length: 8 }, () => ({ status: 503 })));
    expect(clock.pauses).toEqual([125, 250, 500, 1000, 2000, 2500, 2500, 2500]);
  });

  test("is not found by all functions at the same moment", async () => {
    const failing = Array.from({ length: 3 }, () => ({ status: 503 }));
    expect((await publish(failing, 0)).clock.pauses).toEqual([0, 0, 0]);
    expect((await publish(failing, 0.99)).clock.pauses).toEqual([247.5, 495, 990]);
  });

  test("is left alone for as many seconds as it asks", async () => {
    const { clock } = await publish([{ status: 429, headers: { "Retry-After": "12" } }], 0);
    expect(clock.pauses).toEqual([12_000]);
  });

  test("is left alone until the date that it asks", async () => {
    const date = new Date(START + 30_000).toUTCString();
    const { clock } = await publish([{ status: 503, headers: { "Retry-After": date } }], 0);
    expect(clock.pauses).toEqual([30_000]);
  });

  test.each(["soon", "-5", "Thu, 01 Jan 1970 00:00:00 GMT"])("may ask nonsense: %s", async (value) => {
    const { clock, thrown } = await publish([{ status: 503, headers: { "Retry-After": value } }], 0);
    expect(thrown).toBeNull();
    expect(clock.pauses).toEqual([0]);
  });
});

describe("an event is given up", () => {
  test.each([301, 400, 401, 403, 404, 413])("at once when the answer is %i", async (status) => {
    const { posts, thrown } = await publish([{ status }]);
    expect(posts).toHaveLength(1);
    expect(thrown).toContain(`status ${status}`);
  });

  test("within a minute when the hook keeps failing", async () => {
    const outcome = await publish(Array.from({ length: 100 }, () => ({ status: 503 })));
    expect(outcome.thrown).toContain("status 503");
    expect(outcome.posts.length).toBeGreaterThan(10);
    expect(elapsed(outcome)).toBeLessThan(60_000);
  });

  test("within a minute when the hook never answers", async () => {
    const outcome = await publish(Array.from({ length: 100 }, () => "silence" as const));
    expect(outcome.thrown).toContain("no answer");
    expect(elapsed(outcome)).toBeLessThanOrEqual(60_000);
  });

  test("within a minute when there is no hook", async () => {
    const clock = pauseClock(START, 0.5);
    const gone = await startHookServer();
    await gone[Symbol.asyncDispose]();
    const { thrown } = await run(
      new Map([
        ["hookUrl", gone.url],
        ["hookSecret", SECRET],
      ]),
      clock,
    );
    expect(thrown).toContain("no answer");
    expect(clock.now() - START).toBeLessThan(60_000);
  });

  test("at once when the hook asks for more than a minute", async () => {
    const { posts, clock } = await publish([{ status: 503, headers: { "Retry-After": "61" } }]);
    expect(posts).toHaveLength(1);
    expect(clock.pauses).toEqual([]);
  });

  test("with words that name it, and neither the secret nor what people wrote", async () => {
    const { thrown, log } = await publish(["cut", { status: 400 }]);
    expect(thrown).toContain(TOKEN);
    expect(thrown).toContain("mealcast.mealplans");
    expect(thrown).toContain(PLAN.toHexString());
    expect(thrown).toContain("update");
    expect(thrown).toContain("attempt 2");
    expect(log).toContain("No answer from the hook");
    for (const text of [thrown, log]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain("brûlée");
      expect(text).not.toContain("br\\u00fbl");
    }
  });

  test.each(["hookUrl", "hookSecret"])("with a clear word when the value %s is missing", async (missing) => {
    const values = new Map([
      ["hookUrl", "http://127.0.0.1:9"],
      ["hookSecret", SECRET],
    ]);
    values.delete(missing);
    const { thrown } = await run(values, pauseClock(START, 0.5));
    expect(thrown).toContain("the values hookUrl and hookSecret must be set");
  });
});
