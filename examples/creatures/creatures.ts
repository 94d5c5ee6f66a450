import * as z from "zod";

import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";

const PICTURE =
  /^(?:https:\/\/\S{1,2000}|data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]\S+|\p{Extended_Pictographic}\P{ASCII}{0,15})$/u;

/** Pictures of creatures, in every browser as soon as they are in the database. */
export const creatures = defineStream({
  name: "creatures",
  collection: "creatures",
  topic: everything(),
  readers: [anyone()],
  accepts: z.strictObject({
    name: z.string().trim().min(1).max(80),
    picture: z.string().max(100_000).regex(PICTURE, "An emoji, an https address or a data: image"),
  }),
});
