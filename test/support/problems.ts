import { expect } from "vitest";

import { PROBLEMS, type Problem, type ProblemCode } from "../../protocol/problem.ts";

/** Expects an answer to be the problem document of a code, and answers it. `what` is told when it is not. */
export async function expectProblem(response: Response, code: ProblemCode, what = ""): Promise<Problem> {
  const text = await response.text();
  const hint = `${what} answered ${response.status} ${text.slice(0, 300)}`;
  expect(response.status, hint).toBe(PROBLEMS[code].status);
  expect(response.headers.get("content-type"), hint).toBe("application/problem+json");
  const problem = JSON.parse(text) as Problem;
  expect(problem, hint).toMatchObject({ code, status: PROBLEMS[code].status, title: PROBLEMS[code].title });
  return problem;
}
