import type { ActivityLine } from "../../protocol/activity.ts";
import { placeOf } from "./words.ts";
import { NOWHERE, type ToldLine } from "./ToldLine.ts";

/** Says what somebody did, as in “Jane moved Lasagne from Monday dinner to Friday dinner”. @param self the user's id. */
export function describeLine({ line, from, to }: ToldLine, self: string): string {
  const who = nameIn(line, self);
  switch (line.kind) {
    case "added":
      return `${who} added ${line.title} to ${placeOf(to ?? NOWHERE)}`;
    case "removed":
      return `${who} removed ${line.title} from ${placeOf(from ?? NOWHERE)}`;
    case "moved":
      return `${who} moved ${line.title} from ${placeOf(from ?? NOWHERE)} to ${placeOf(to ?? NOWHERE)}`;
    case "changed":
      return `${who} ${changed(line, placeOf(to ?? NOWHERE))}`;
  }
}

function nameIn({ by }: ActivityLine, self: string): string {
  if (by?.userId === self) return "You";
  return by?.name ?? "Somebody who has left";
}

function changed({ title, before, after }: ActivityLine, place: string): string {
  const names = Object.keys(after ?? NOWHERE);
  const old = { ...before };
  const now = { ...after };
  if (names.length === 1 && names[0] === "title") return `renamed ${old["title"]} to ${title}`;
  const isMoved = names.includes("day") || names.includes("meal");
  const parts = [
    names.includes("title") ? `it was ${old["title"]}` : "",
    isMoved ? `now ${place}` : "",
    names.includes("servings") ? `serves ${now["servings"]}, not ${old["servings"]}` : "",
    names.includes("note") ? noteText(now["note"]) : "",
    names.includes("recipeId") && !names.includes("title") ? "another recipe" : "",
  ].filter(Boolean);
  return `changed ${title}: ${parts.join(", ")}`;
}

function noteText(note: string | number | null | undefined): string {
  return note ? `note “${note}”` : "no note";
}
