import type { Answer } from "../protocol/answer.ts";
import { PROBLEMS, type ProblemCode } from "../protocol/problem.ts";
import type { ProblemDetails } from "../protocol/problemResponse.ts";

/** What a refusal with one of these statuses is about may be over soon. */
const MAY_PASS: ReadonlySet<number> = new Set([503, 507]);

/** The one error that a route throws on purpose; `app.ts` answers it as a problem document. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? PROBLEMS[code].title);
    this.code = code;
    this.details = details;
  }
}

/** The value of a good answer. @throws ProblemError for a refusal. */
export function unwrap<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new ProblemError(answer.code, {
    ...(MAY_PASS.has(PROBLEMS[answer.code].status) && { headers: { "retry-after": "5" } }),
    ...(answer.detail !== undefined && { detail: answer.detail }),
    ...(answer.fields !== undefined && { fields: answer.fields }),
    ...(answer.households !== undefined && { households: answer.households }),
    ...(answer.current !== undefined && { current: JSON.parse(answer.current) as unknown }),
  });
}
