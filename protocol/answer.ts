import type { ProblemCode } from "./problem.ts";

/**
 * What a Durable Object answers over RPC. Errors thrown there lose their class on the way, so every expected refusal
 * travels as a value.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ProblemCode; readonly detail?: string };

/** Wraps a value as a good answer. */
export function good<T>(value: T): Answer<T> {
  return { ok: true, value };
}

/** Makes a refusal. */
export function refused(code: ProblemCode, detail?: string): Answer<never> {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail };
}
