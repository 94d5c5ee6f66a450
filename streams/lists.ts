import { defineStream } from "./declare/defineStream.ts";
import { membersOf } from "./declare/readers.ts";
import { byField } from "./declare/topics.ts";
import { omit } from "./declare/views.ts";
import { households } from "./households.ts";

/** A household's shopping list, one document a line. Which plan asked for how much of it stays with the server. */
export const lists = defineStream({
  name: "lists",
  collection: "lists",
  topic: byField("householdId"),
  readers: [membersOf(households, "householdId")],
  presence: true,
  views: { member: omit("edits", "addedWith", "key", "shares", "isHandWritten") },
});
