import { STATUS_CODES } from "node:http";
import { Binary, EJSON } from "bson";
import { z } from "zod";

const METHODS = ["get", "post", "put", "patch", "delete", "head"] as const;

const requestSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }),
    headers: z.record(z.string(), z.array(z.string(), "is an array of strings")).default({}),
    body: z.unknown().optional(),
    encodeBodyAsJSON: z.boolean().default(false),
    followRedirects: z.boolean().default(false),
  })
  .refine(
    (request) => request.encodeBodyAsJSON || ["undefined", "string"].includes(typeof request.body),
    "a body that is no string needs encodeBodyAsJSON",
  );

type AtlasRequest = z.output<typeof requestSchema>;

/** A body as Atlas hands it over: BSON binary that can be read as text. */
class AtlasBody extends Binary {
  text(): string {
    return this.toString("utf8");
  }
}

interface AtlasAnswer {
  readonly status: string;
  readonly statusCode: number;
  readonly contentLength: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly cookies: Readonly<Record<string, never>>;
  readonly body: AtlasBody;
}

type AtlasCall = (request: unknown) => Promise<AtlasAnswer>;

/**
 * Makes `context.http`. Its calls reject when there is no answer, and only then: a status is never an error. A
 * request that Atlas would refuse, or a part of it that is not emulated, rejects too.
 * @param signal ends what is under way.
 */
export function atlasHttp(signal: AbortSignal): Readonly<Record<string, AtlasCall>> {
  return Object.fromEntries(METHODS.map((method) => [method, (request) => send(method, request, signal)]));
}

async function send(method: string, given: unknown, signal: AbortSignal): Promise<AtlasAnswer> {
  const request = requestSchema.parse(given);
  const answer = await fetch(request.url, {
    method: method.toUpperCase(),
    headers: headerPairs(request),
    body: bodyText(request),
    redirect: request.followRedirects ? "follow" : "manual",
    signal,
  }).catch((error: unknown) => {
    throw new Error(connectionError(error), { cause: error });
  });
  const body = new Uint8Array(await answer.arrayBuffer());
  return {
    status: `${answer.status} ${STATUS_CODES[answer.status] ?? ""}`.trim(),
    statusCode: answer.status,
    contentLength: body.byteLength,
    headers: headerLists(answer.headers),
    cookies: {},
    body: new AtlasBody(body),
  };
}

function headerPairs(request: AtlasRequest): [string, string][] {
  return Object.entries(request.headers).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

function bodyText(request: AtlasRequest): string | null {
  if (request.encodeBodyAsJSON) return EJSON.stringify(request.body, { relaxed: false });
  return typeof request.body === "string" ? request.body : null;
}

/** Atlas spells names as Go does: `Retry-After`, whatever the server wrote. */
function headerLists(headers: Headers): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...headers].map(([name, value]) => [goName(name), [value]]));
}

function goName(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

function connectionError(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : "the connection failed";
}
