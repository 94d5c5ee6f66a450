import type { Version } from "./version.ts";

/** A place in the database's history: after a resume token, or from a cluster time on. */
export type Position = { readonly token: string } | { readonly time: Version };
