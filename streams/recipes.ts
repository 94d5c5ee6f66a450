import { defineStream } from "./declare/defineStream.ts";
import { membersOf } from "./declare/readers.ts";
import { byField } from "./declare/topics.ts";
import { omit } from "./declare/views.ts";
import { households } from "./households.ts";

/** A household's cookbook. */
export const recipes = defineStream({
  name: "recipes",
  collection: "recipes",
  topic: byField("householdId"),
  readers: [membersOf(households, "householdId")],
  views: { member: omit("edits", "addedWith") },
});
