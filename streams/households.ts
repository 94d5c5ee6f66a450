import { defineStream } from "./declare/defineStream.ts";
import { members } from "./declare/readers.ts";
import { byId } from "./declare/topics.ts";
import { omit } from "./declare/views.ts";

/** A household: its name and its members. */
export const households = defineStream({
  name: "households",
  collection: "households",
  topic: byId(),
  readers: [members("members.userId")],
  views: { member: omit("plansMade", "edits", "removedRecipes", "aisleOf", "listsMade") },
});
