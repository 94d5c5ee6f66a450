import { createDocument, type ZodOpenApiOverrideContext } from "zod-openapi";

import type { Stream } from "../streams/declare/Stream.ts";
import { problemDocument } from "./documents/problem.ts";
import type { ApiOperation } from "./operation.ts";
import { demoOperations } from "./operations/demo.ts";
import { calendarOperations } from "./operations/calendars.ts";
import { householdOperations } from "./operations/households.ts";
import { mealPlanOperations } from "./operations/mealPlans.ts";
import { operatorOperations } from "./operations/operator.ts";
import { ownAccountOperations } from "./operations/ownAccount.ts";
import { passkeyOperations } from "./operations/passkeys.ts";
import { recipeOperations } from "./operations/recipes.ts";
import { recoveryOperations } from "./operations/recovery.ts";
import { shoppingListOperations } from "./operations/shoppingList.ts";
import { streamOperations } from "./operations/streams.ts";
import { userOperations } from "./operations/users.ts";
import { operationObject } from "./operationObject.ts";
import { problemResponses } from "./problemResponses.ts";
import { SECURITY_SCHEMES } from "./security.ts";

const DESCRIPTION = [
  "The HTTP API of Mealcast. Bodies and answers are JSON.",
  "A refusal is a problem document (RFC 9457) with a stable `code`; clients must ignore fields and events that they don't know.",
  "Any route answers 404 `not-found` for an address and 405 `method-not-allowed` for a method that it does not have.",
].join(" ");

/** The reference of the API with the given streams, as an OpenAPI 3.1 document. */
export function openApiDocument(streams: readonly Stream[], version: string) {
  const operations = operationsWith(streams);
  return createDocument(
    {
      openapi: "3.1.1",
      info: { title: "Mealcast", version, description: DESCRIPTION },
      servers: [{ url: "/" }],
      paths: pathsOf(operations),
      components: {
        schemas: { Problem: problemDocument },
        responses: problemResponses(operations),
        securitySchemes: SECURITY_SCHEMES,
      },
    },
    {
      // Extended JSON is checked by hand: any value may be in it.
      allowEmptySchema: { custom: true },
      override: tidy,
    },
  );
}

function tidy({ jsonSchema, io }: ZodOpenApiOverrideContext): void {
  // The format says it, in less than 300 characters.
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  // Answers may get more fields with time.
  if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

function operationsWith(streams: readonly Stream[]): readonly ApiOperation[] {
  return [
    ...userOperations,
    ...ownAccountOperations,
    ...recoveryOperations,
    ...passkeyOperations,
    ...householdOperations,
    ...calendarOperations,
    ...mealPlanOperations,
    ...demoOperations,
    ...recipeOperations,
    ...shoppingListOperations,
    ...streamOperations(streams),
    ...operatorOperations,
  ];
}

function pathsOf(operations: readonly ApiOperation[]) {
  const byPath = Map.groupBy(operations, ({ path }) => path);
  return Object.fromEntries(
    [...byPath].map(([path, group]) => [
      path,
      Object.fromEntries(group.map((operation) => [operation.method, operationObject(operation)])),
    ]),
  );
}
