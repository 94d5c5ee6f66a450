import { PROBLEMS, type ProblemCode } from "../protocol/problem.ts";
import { idsIn, type ApiOperation } from "./operation.ts";

/** What a JSON body is refused for, whatever the route. */
const BODY: readonly ProblemCode[] = ["invalid-json", "invalid-body", "too-large"];

/** Every code that an operation can answer: its own, and those that follow from what it takes. By status. */
export function refusalsOf(operation: ApiOperation): ReadonlyMap<number, readonly ProblemCode[]> {
  const codes = new Set([...derived(operation), ...operation.refuses]);
  const inOrder = (Object.keys(PROBLEMS) as readonly ProblemCode[]).filter((code) => codes.has(code));
  return Map.groupBy(inOrder, (code) => PROBLEMS[code].status);
}

function derived(operation: ApiOperation): readonly ProblemCode[] {
  const { path, caller, query, body } = operation;
  return [
    ...(path.startsWith("/api/") ? (["foreign-origin"] as const) : []),
    ...(caller === "user" || caller === "reader" ? (["signed-out"] as const) : []),
    ...(idsIn(operation).length > 0 ? (["invalid-id"] as const) : []),
    ...(query ? (["invalid-query"] as const) : []),
    ...(body ? BODY : []),
    // A publisher signs the bytes, whatever they are said to be.
    ...(body && caller !== "publisher" ? (["unsupported-media-type"] as const) : []),
    "internal",
  ];
}
