import { exampleOf } from "./exampleOf.ts";
import type { Operation, Place, Schema } from "./reference.ts";

/** An operation as a command for curl, with the cookie of a session in the file `jar`. */
export function commandOf({ method, path, operation }: Place, origin: string): string {
  const body = operation.requestBody?.content["application/json"]?.schema;
  return [
    `curl${streams(operation) ? " -N" : ""}${needs(operation, "session") ? " -b jar" : ""}`,
    method === "get" || (method === "post" && body) ? "" : `-X ${method.toUpperCase()}`,
    `'${origin}${path}'`,
    needs(operation, "metricsToken") ? "-H 'authorization: Bearer <token>'" : "",
    ...neededHeaders(operation),
    body ? `\\\n  -H 'content-type: application/json' -d '${dataOf(body)}'` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function neededHeaders({ parameters = [] }: Operation): readonly string[] {
  return parameters
    .filter(({ in: where, required }) => where === "header" && required)
    .map(({ name }) => `\\\n  -H '${name}: …'`);
}

/** What is described elsewhere is too long for a command. */
function dataOf(body: Schema): string {
  return body.anyOf?.some(({ $ref }) => $ref) ? "@body.json" : JSON.stringify(exampleOf(body));
}

function streams({ responses }: Operation): boolean {
  return responses["200"]?.content?.["text/event-stream"] !== undefined;
}

function needs({ security }: Operation, scheme: string): boolean {
  return security.some((one) => Object.hasOwn(one, scheme));
}
