import type * as z from "zod";

import type { Context } from "hono";
import { ProblemError } from "./errors.ts";
import { isTooDeep } from "./jsonDepth.ts";
import { parseWith } from "./parseWith.ts";

const JSON_LIMIT_BYTES = 256 * 1024;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/**
 * Reads a JSON body and checks it against a schema.
 * @throws ProblemError `unsupported-media-type`, `too-large`, `invalid-json` or `invalid-body`.
 */
export async function readJson<Schema extends z.ZodType>(
  c: Pick<Context, "req">,
  schema: Schema,
): Promise<z.output<Schema>> {
  requireJsonType(c);
  const text = await readText(c.req.raw, JSON_LIMIT_BYTES);
  return parseWith(schema, parseJson(text), "invalid-body");
}

/**
 * The same for a body that may be left out, which is as good as an empty object.
 * @throws ProblemError as `readJson` does.
 */
export async function readOptionalJson<Schema extends z.ZodType>(
  c: Pick<Context, "req">,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readText(c.req.raw, JSON_LIMIT_BYTES);
  if (text === "") return parseWith(schema, {}, "invalid-body");
  requireJsonType(c);
  return parseWith(schema, parseJson(text), "invalid-body");
}

/**
 * Reads a body as UTF-8 text and stops at the limit, whatever the request says of its length.
 * @throws ProblemError `too-large`, or `invalid-json` for bytes that are no UTF-8.
 */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return decode(await new Blob(chunks).arrayBuffer());
}

/** Parses JSON text. @throws ProblemError `invalid-json`. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new ProblemError("invalid-json", { detail: "It is nested too deeply" });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProblemError("invalid-json");
    throw error;
  }
}

function requireJsonType(c: Pick<Context, "req">): void {
  if (!JSON_TYPE.test(c.req.header("content-type") ?? "")) throw new ProblemError("unsupported-media-type");
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError)
      throw new ProblemError("invalid-json", { detail: "The body is not UTF-8" });
    throw error;
  }
}

function tooLarge(limitBytes: number): ProblemError {
  return new ProblemError("too-large", { detail: `At most ${limitBytes} bytes` });
}
