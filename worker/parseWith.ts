import type * as z from "zod";

import type { ProblemCode } from "../protocol/problem.ts";
import { ProblemError } from "./errors.ts";
import { fieldMessage } from "./fieldMessage.ts";

/** Checks input against a schema. @throws ProblemError with the given code and a line for each refused field. */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  code: ProblemCode,
): z.output<Schema> {
  const parsed = schema.safeParse(input, { error: fieldMessage });
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  throw new ProblemError(code, { fields });
}
