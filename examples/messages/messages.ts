import * as z from "zod";

import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";

const name = z.string().trim().min(1).max(80);

/** Messages; `?name=` asks for those of one author. */
export const messages = defineStream({
  name: "messages",
  collection: "messages",
  topic: everything(),
  readers: [anyone()],
  variables: { name: name.optional() },
  filter: (given) => (given.name === undefined ? {} : { name: given.name }),
  accepts: z.strictObject({ name, message: z.string().trim().min(1).max(2000) }),
});
