import type { OwnedHousehold } from "./household.ts";

/** Every way in which the API says no: its code, HTTP status and title. The set is closed. */
export const PROBLEMS = {
  "invalid-body": { status: 400, title: "The request body is not what this route takes" },
  "invalid-json": { status: 400, title: "The request body is not JSON" },
  "invalid-query": { status: 400, title: "A query parameter is not what this route takes" },
  "invalid-header": { status: 400, title: "A request header is not what this route takes" },
  "invalid-id": { status: 400, title: "An id is 24 hex digits" },
  "invalid-signature": { status: 401, title: "The signature is missing, wrong or too old" },
  "signed-out": { status: 401, title: "Sign in first" },
  "wrong-credentials": { status: 401, title: "The email or the password is wrong" },
  "wrong-code": { status: 401, title: "This code does not fit this email, was used, or has expired" },
  "wrong-passkey": { status: 401, title: "This passkey is not known here, or its answer does not fit" },
  "wrong-token": { status: 401, title: "The bearer token is missing or wrong" },
  forbidden: { status: 403, title: "You may see this but not do that" },
  "foreign-origin": { status: 403, title: "This origin may not do that" },
  "registration-closed": { status: 403, title: "New accounts are not made here, or by invitation only" },
  revoked: { status: 403, title: "You no longer have access to this" },
  "not-found": { status: 404, title: "There is nothing here for you" },
  "method-not-allowed": { status: 405, title: "This route does not take that method" },
  "not-acceptable": { status: 406, title: "This route answers text/event-stream or application/json" },
  "email-taken": { status: 409, title: "There is an account with this email" },
  "changed-meanwhile": { status: 409, title: "Somebody else has changed this since you saw it" },
  "sole-owner": { status: 409, title: "Others need an owner: give that to one of them first" },
  conflict: { status: 409, title: "Somebody else changed this at the same moment" },
  gone: { status: 410, title: "This link has been used or has expired" },
  "too-large": { status: 413, title: "The request body is too large" },
  "unsupported-media-type": { status: 415, title: "The request body must be application/json" },
  "no-recipe-found": { status: 422, title: "There is no recipe on this page that a program can read" },
  "limit-reached": { status: 422, title: "There is no room for one more" },
  "too-many-streams": { status: 429, title: "You have too many open streams" },
  "too-many-attempts": { status: 429, title: "Too many attempts, try again later" },
  internal: { status: 500, title: "Something went wrong on our side" },
  "picture-unavailable": { status: 502, title: "The picture can't be had from where it is" },
  "page-unreachable": { status: 502, title: "The page can't be had from where it is" },
  "hub-full": { status: 503, title: "This topic has as many watchers as it can take" },
  "hub-unavailable": { status: 503, title: "The hub of this topic can't be reached right now" },
  "mail-unavailable": { status: 503, title: "Mails can't be sent right now" },
  "database-unavailable": { status: 503, title: "The database can't be reached right now" },
  "topic-too-large": { status: 507, title: "This topic holds more than one hub can" },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable name for a kind of refusal, made for programs. */
export type ProblemCode = keyof typeof PROBLEMS;

/** A field of the input that was refused, and why. `path` is dotted, as in `entries.0.day`. */
export interface ProblemField {
  readonly path: string;
  readonly message: string;
}

/** An RFC 9457 problem document (`application/problem+json`). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly fields?: readonly ProblemField[];
  /** What is stored now, of `changed-meanwhile`: the document or the dish as the caller may see it. */
  readonly current?: unknown;
  /** Of `sole-owner`, when an account is to be deleted: the households that would have no owner. */
  readonly households?: readonly OwnedHousehold[];
}

/** Makes the problem document of a code. */
export function problem(
  code: ProblemCode,
  more: Omit<Problem, "type" | "title" | "status" | "code"> = {},
): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: "about:blank", title, status, code, ...more };
}
