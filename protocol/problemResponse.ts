import { problem, type Problem, type ProblemCode } from "./problem.ts";

/** What a problem says beyond its code. */
export interface ProblemDetails extends Omit<Problem, "type" | "title" | "status" | "code"> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes a problem as its HTTP answer (`application/problem+json`). */
export function problemResponse(code: ProblemCode, details: ProblemDetails = {}): Response {
  const { headers, ...more } = details;
  const document = problem(code, more);
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
