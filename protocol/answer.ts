import type { OwnedHousehold } from "./household.ts";
import type { ProblemCode, ProblemField } from "./problem.ts";

/**
 * What a Durable Object answers over RPC. Errors thrown there lose their class on the way, so every expected refusal
 * travels as a value.
 */
export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

/** A refusal: why, and which fields of the input it is about. */
interface Refusal {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly fields?: readonly ProblemField[];
  /** What is stored now, of `changed-meanwhile`: JSON text, as objects take no nesting without end. */
  readonly current?: string;
  /** Those that are in the way, of `sole-owner`. */
  readonly households?: readonly OwnedHousehold[];
}

/** Wraps a value as a good answer. */
export function good<T>(value: T): Answer<T> {
  return { ok: true, value };
}

/** Makes a refusal. */
export function refused(code: ProblemCode, detail?: string): Answer<never> {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail };
}

/** Refuses a change of what somebody else has changed. @param current what is stored now, as the caller may see it. */
export function refusedMeanwhile(current: unknown): Answer<never> {
  return { ok: false, code: "changed-meanwhile", current: JSON.stringify(current) };
}

/** Refuses to let somebody go who alone owns households where others are. */
export function refusedAsSoleOwner(households: readonly OwnedHousehold[]): Answer<never> {
  return {
    ok: false,
    code: "sole-owner",
    households: households.map(({ _id, name, members }) => ({ _id, name, members })),
  };
}

/** Refuses input because of one of its fields. */
export function refusedField(path: string, message: string): Answer<never> {
  return { ok: false, code: "invalid-body", fields: [{ path, message }] };
}
