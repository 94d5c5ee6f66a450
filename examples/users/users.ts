import * as z from "zod";

import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";

/** A table that follows a collection. */
export const users = defineStream({
  name: "users",
  collection: "users",
  topic: everything(),
  readers: [anyone()],
  accepts: z.strictObject({ name: z.string().trim().min(1).max(80), email: z.email().max(254) }),
});
