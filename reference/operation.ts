import type * as z from "zod";

import type { ProblemCode } from "../protocol/problem.ts";

/** Who may call an operation, and how they say so. */
export type Caller =
  | "anyone"
  /** Signed in. */
  | "user"
  /** Signed in, or with a share link. */
  | "reader"
  /** With the token of the metrics. */
  | "operator"
  /** With the administrator's token. */
  | "administrator"
  /** Whoever signs change events. */
  | "publisher";

/** A good answer: its body by media type, nothing for none. */
export interface GoodAnswer {
  readonly status: 101 | 200 | 201 | 202 | 204 | 304;
  readonly description: string;
  readonly content?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API. What follows from its other parts (see `refusals.ts`) is not named in `refuses`. */
export interface ApiOperation {
  /** Its name in the reference, and in clients that are generated from it. */
  readonly id: string;
  readonly tag: string;
  readonly method: "get" | "post" | "patch" | "delete";
  /** As OpenAPI writes it: `/api/recipes/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly caller: Caller;
  /** The places in the path that are no ids. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** What the route checks the body with. */
  readonly body?: z.ZodType;
  readonly answers: readonly GoodAnswer[];
  readonly refuses: readonly ProblemCode[];
}

/** A read of the database may find it away. */
export const READING = ["database-unavailable"] as const satisfies readonly ProblemCode[];

/** A write may also meet another write. */
export const WRITING = ["conflict", "database-unavailable"] as const satisfies readonly ProblemCode[];

/** An answer with a JSON document. */
export function json(status: 200 | 201 | 202, description: string, schema: z.ZodType): GoodAnswer {
  return { status, description, content: { "application/json": schema } };
}

/** An answer without a body. */
export function nothing(description: string): GoodAnswer {
  return { status: 204, description };
}

/** The names of the ids in an operation's path. */
export function idsIn({ path, params }: ApiOperation): readonly string[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  return names.filter((name) => !Object.hasOwn(params?.shape ?? {}, name));
}
