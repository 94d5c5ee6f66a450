import type { ShownEntry } from "../api/readMealPlan.ts";
import { capital } from "./dates.ts";

/** More than this many at once are not read out one by one. */
const MOST = 3;

/**
 * Says what others changed, for those who do not see it happen.
 * @param own ids of dishes that the user is changing: what one did oneself needs no telling.
 * @returns a sentence, or nothing when nothing of interest changed.
 */
export function describeChanges(
  before: readonly ShownEntry[],
  after: readonly ShownEntry[],
  own: ReadonlySet<string>,
): string {
  const known = new Map(before.map((entry) => [entry._id, entry]));
  const left = new Set(after.map(({ _id }) => _id));
  const changes = [
    ...after.filter(({ _id }) => !own.has(_id)).map((entry) => describe(known.get(entry._id), entry)),
    ...before
      .filter(({ _id }) => !own.has(_id) && !left.has(_id))
      .map(({ title }) => `${title} was removed.`),
  ].filter(Boolean);
  return changes.length > MOST ? `${changes.length} dishes were changed.` : changes.join(" ");
}

function describe(before: ShownEntry | undefined, entry: ShownEntry): string {
  const place = `${capital(entry.day)} ${entry.meal}`;
  if (!before) return `${entry.title} was added to ${place}.`;
  if (before.day !== entry.day || before.meal !== entry.meal) return `${entry.title} was moved to ${place}.`;
  const { title, servings, note } = before;
  if (title !== entry.title) return `${title} became ${entry.title}.`;
  return servings !== entry.servings || note !== entry.note ? `${title} was changed.` : "";
}
