import { createHash } from "node:crypto";

import { ObjectId } from "mongodb";

/** An `_id` that is the same each time for the same parts, and that nobody else comes upon. */
export function derivedId(...parts: readonly string[]): ObjectId {
  return new ObjectId(createHash("sha256").update(parts.join("/")).digest("hex").slice(0, 24));
}
