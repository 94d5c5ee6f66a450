import * as z from "zod";

import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";

/** Post a fact, and everybody hears it. */
export const facts = defineStream({
  name: "facts",
  collection: "facts",
  topic: everything(),
  readers: [anyone()],
  accepts: z.strictObject({
    info: z.string().trim().min(1).max(2000),
    source: z.string().trim().min(1).max(500),
  }),
});
