import { PROBLEMS, type ProblemCode, type ProblemField } from "../../protocol/problem.ts";
import { noteContact } from "./contact.ts";
import { text, record, list } from "./reading.ts";

/**
 * Why a request did not do what it should. `network`: nobody knows whether the server saw it. `device`: what the browser
 * should have added to it (a passkey) did not come.
 */
export interface Failure {
  readonly code: ProblemCode | "network" | "unreadable" | "device";
  /** A sentence for the person. */
  readonly message: string;
  readonly fields: readonly ProblemField[];
  /** Of `changed-meanwhile`: what is stored now, as it came over the wire. */
  readonly current?: unknown;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

interface RequestOptions {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Names the edit: sent again with the same key it is not done again. */
  readonly key?: string;
}

/** A request without an answer for so long has none: the server may be frozen with its sockets open. */
const PATIENCE_MS = 20_000;

let tellSignedOut = (): void => {};

/** Names the one who wants to know when the server no longer knows the user. */
export function onSignedOut(listener: () => void): void {
  tellSignedOut = listener;
}

const NETWORK: Failure = {
  code: "network",
  message: "Mealcast can't be reached. Are you online?",
  fields: [],
};

const UNREADABLE: Failure = {
  code: "unreadable",
  message: "The server answered something that this page does not understand. Reloading may help.",
  fields: [],
};

/**
 * Asks the API. Never rejects: what went wrong is a value.
 * @param read reads the value from the answer's JSON (`null` for an answer without a body).
 */
export async function request<T>(
  path: string,
  read: (value: unknown) => T,
  options: RequestOptions = {},
): Promise<Result<T>> {
  const response = await send(path, options);
  if (response === null) return { ok: false, failure: NETWORK };
  const answer = await readJson(response);
  if (!response.ok) return refused(readFailure(response.status, answer));
  if (answer === undefined) return { ok: false, failure: UNREADABLE };
  return { ok: true, value: read(answer) };
}

/** For answers that hold nothing of interest. */
export function nothing(): null {
  return null;
}

function refused(failure: Failure): Result<never> {
  if (failure.code === "signed-out") tellSignedOut();
  return { ok: false, failure };
}

async function send(path: string, { method = "GET", body, key }: RequestOptions): Promise<Response | null> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    noteContact();
    return response;
  } catch {
    return null;
  }
}

/** `null` for an empty body, `undefined` for one that is not JSON. */
async function readJson(response: Response): Promise<unknown> {
  try {
    const body = await response.text();
    return body === "" ? null : JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Whatever is between the page and the API may answer for it, in any form. */
function readFailure(status: number, answer: unknown): Failure {
  const document = record(answer);
  const code = text(document["code"]);
  const fields = list(document["fields"]).map(readField);
  if (isProblemCode(code)) {
    const message = text(document["detail"]) || PROBLEMS[code].title;
    return { code, message, fields, ...currentOf(document) };
  }
  const message = `${text(document["title"]) || "Something went wrong"} (${status})`;
  return { code: status === 401 ? "signed-out" : "internal", message, fields };
}

/** Reads a failure that was kept; `null` for what is none. */
export function readRefusal(value: unknown): Failure | null {
  const failure = record(value);
  const code = text(failure["code"]);
  const fields = list(failure["fields"]).map(readField);
  const message = text(failure["message"]);
  if (message === "") return null;
  return { code: isProblemCode(code) ? code : "unreadable", message, fields, ...currentOf(failure) };
}

function currentOf(failure: Readonly<Record<string, unknown>>): Pick<Failure, "current"> {
  return "current" in failure ? { current: failure["current"] } : {};
}

function readField(value: unknown): ProblemField {
  const field = record(value);
  return { path: text(field["path"]), message: text(field["message"]) };
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
