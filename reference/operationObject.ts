import * as z from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from "zod-openapi";

import { objectId } from "../worker/schemas/fields.ts";
import { idsIn, type ApiOperation, type GoodAnswer } from "./operation.ts";
import { headersOf } from "./headersOf.ts";
import { problemResponseRef } from "./problemResponses.ts";
import { refusalsOf } from "./refusals.ts";
import { SECURITY } from "./security.ts";

/** An operation as OpenAPI has it, with schemas still to be written out. */
export function operationObject(operation: ApiOperation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, caller, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: SECURITY[caller].map((scheme) => ({ ...scheme })),
    requestParams: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { "application/json": { schema: body } },
      },
    }),
    responses: {
      ...Object.fromEntries(operation.answers.map((answer) => [answer.status, responseOf(answer)])),
      ...Object.fromEntries(
        [...refusalsOf(operation)].map(([status, codes]) => [status, { $ref: problemResponseRef(codes) }]),
      ),
    },
  };
}

function parametersOf(operation: ApiOperation) {
  const { params, query, headers } = operation;
  const ids = Object.fromEntries(idsIn(operation).map((name) => [name, objectId]));
  return {
    path: z.object({ ...ids, ...params?.shape }),
    ...(query && { query }),
    ...(headers && { header: headers }),
  };
}

function responseOf({ description, content, headers }: GoodAnswer): ZodOpenApiResponseObject {
  return {
    description,
    ...(content && {
      content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])),
    }),
    ...(headers && { headers: headersOf(headers) }),
  };
}
