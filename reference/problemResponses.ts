import type { ZodOpenApiResponseObject } from "zod-openapi";

import { PROBLEMS, type ProblemCode } from "../protocol/problem.ts";
import { headersOf } from "./headersOf.ts";
import type { ApiOperation } from "./operation.ts";
import { refusalsOf } from "./refusals.ts";

/** Statuses that say when to come back. */
const RETRIABLE: ReadonlySet<number> = new Set([429, 503]);

/** Where the answer with one of these codes is described. */
export function problemResponseRef(codes: readonly ProblemCode[]): string {
  return `#/components/responses/${nameOf(codes)}`;
}

/** The refusals of all operations: many share one. */
export function problemResponses(
  operations: readonly ApiOperation[],
): Readonly<Record<string, ZodOpenApiResponseObject>> {
  const refusals = operations.flatMap((operation) => [...refusalsOf(operation)]);
  return Object.fromEntries(
    refusals.map(([status, codes]) => [nameOf(codes), problemResponseOf(status, codes)]),
  );
}

function nameOf(codes: readonly ProblemCode[]): string {
  return codes.join(".");
}

function problemResponseOf(status: number, codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const code = { enum: [...codes] };
  return {
    description: codes.map((name) => `\`${name}\`: ${PROBLEMS[name].title}.`).join(" "),
    content: {
      "application/problem+json": {
        schema: { allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code } }] },
      },
    },
    ...(RETRIABLE.has(status) && { headers: headersOf({ "Retry-After": "Seconds to wait." }) }),
  };
}
