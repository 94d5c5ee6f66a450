import type { Answer } from "../protocol/answer.ts";
import { problem, PROBLEMS, type ProblemCode, type ProblemField } from "../protocol/problem.ts";

interface Details {
  readonly detail?: string;
  readonly fields?: readonly ProblemField[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one error that a route throws on purpose; `app.ts` answers it as a problem document. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly details: Details;

  constructor(code: ProblemCode, details: Details = {}) {
    super(details.detail ?? PROBLEMS[code].title);
    this.code = code;
    this.details = details;
  }
}

/** Writes a problem as its HTTP answer. */
export function problemResponse(code: ProblemCode, details: Details = {}): Response {
  const { headers, ...more } = details;
  const document = problem(code, more);
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

/** The value of a good answer. @throws ProblemError for a refusal. */
export function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const retry = PROBLEMS[answer.code].status === 503 ? { headers: { "retry-after": "5" } } : {};
  throw new ProblemError(answer.code, {
    ...retry,
    ...(answer.detail === undefined ? {} : { detail: answer.detail }),
    ...(answer.fields === undefined ? {} : { fields: answer.fields }),
  });
}
