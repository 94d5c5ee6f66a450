import { defineStream } from "./declare/defineStream.ts";
import { members, shareLinks } from "./declare/readers.ts";
import { byId } from "./declare/topics.ts";
import { omit } from "./declare/views.ts";

/** A household's week of meals. Guests of a share link are not told who its members are, nor who did what. */
export const mealplans = defineStream({
  name: "mealplans",
  collection: "mealplans",
  topic: byId(),
  readers: [members("memberIds"), shareLinks("shares")],
  views: {
    member: omit("shares", "activity"),
    guest: omit(
      "shares",
      "activity",
      "memberIds",
      "removed",
      "entries.addedBy",
      "entries.changedBy",
      "entries.changedAt",
    ),
  },
  presence: true,
});
