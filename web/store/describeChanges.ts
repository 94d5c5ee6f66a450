import type { PlanChange } from "./planChanges.ts";
import { placeOf, plural } from "./words.ts";

/** Names a person of the household; `null` for whoever is none. */
type NameOf = (userId: string) => string | null;

/**
 * Says what others changed, for those who do not see it happen, as in “Jane moved Lasagne to Friday dinner and 2 more
 * changes.”
 * @param nameOf `null` for guests, who are not told who did what.
 */
export function describeChanges(changes: readonly PlanChange[], nameOf: NameOf | null): string {
  const [first, ...more] = changes;
  if (!first) return "";
  const said = nameOf ? byWhom(first, nameOf) : passive(first);
  return more.length === 0 ? `${said}.` : `${said} and ${more.length} more ${plural("change", more.length)}.`;
}

function byWhom(change: PlanChange, nameOf: NameOf): string {
  if (change.by === null) return `${passive(change)} outside the app`;
  return `${nameOf(change.by) ?? "Somebody"} ${active(change)}`;
}

function active(change: PlanChange): string {
  const { entry, before } = change;
  switch (change.kind) {
    case "added":
      return `added ${entry.title} to ${placeOf(entry)}`;
    case "moved":
      return `moved ${entry.title} to ${placeOf(entry)}`;
    case "removed":
      return `removed ${entry.title} from ${placeOf(entry)}`;
    case "changed":
      return isRenamed(change) ? `renamed ${before?.title} to ${entry.title}` : `changed ${entry.title}`;
  }
}

function passive(change: PlanChange): string {
  const { entry, before } = change;
  switch (change.kind) {
    case "added":
      return `${entry.title} was added to ${placeOf(entry)}`;
    case "moved":
      return `${entry.title} was moved to ${placeOf(entry)}`;
    case "removed":
      return `${entry.title} was removed from ${placeOf(entry)}`;
    case "changed":
      return isRenamed(change)
        ? `${before?.title} was renamed to ${entry.title}`
        : `${entry.title} was changed`;
  }
}

function isRenamed({ entry, before }: PlanChange): boolean {
  return before !== null && before.title !== entry.title;
}
