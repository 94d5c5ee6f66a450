import { describeError, logLine } from "../protocol/logLine.ts";
import { problemResponse } from "../protocol/problemResponse.ts";
import { ProblemError } from "./errors.ts";

/** Answers a request for a method that its route does not take. */
export function refuseMethod(_: unknown, methods: readonly string[]): Response {
  return problemResponse("method-not-allowed", { headers: { allow: methods.join(", ") } });
}

/** Answers for whatever a route threw. */
export function answerError(error: Error): Response {
  if (error instanceof ProblemError) return problemResponse(error.code, error.details);
  logLine("error", "request-failed", describeError(error));
  return problemResponse("internal");
}
