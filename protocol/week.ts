const DAY_MS = 86_400_000;
const WEEK = /^(\d{4})-W(\d{2})$/;

/** An ISO 8601 week, like `2026-W47`. */
export type Week = string;

/** The ISO week that holds the given moment, in UTC. */
export function weekOf(moment: Date): Week {
  const day = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate());
  const thursday = day + (4 - (new Date(day).getUTCDay() || 7)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const number = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/** Midnight UTC of the Monday on which the week starts, or `null` when there is no such week. */
export function mondayOf(week: Week): Date | null {
  const match = WEEK.exec(week);
  if (!match?.[1] || !match[2]) return null;
  const fourth = Date.UTC(Number(match[1]), 0, 4);
  const firstMonday = fourth - ((new Date(fourth).getUTCDay() || 7) - 1) * DAY_MS;
  const monday = new Date(firstMonday + (Number(match[2]) - 1) * 7 * DAY_MS);
  return weekOf(monday) === week ? monday : null;
}

/** The week `count` weeks later (earlier when negative). @throws RangeError when there is no such week. */
export function weekAfter(week: Week, count: number): Week {
  const monday = mondayOf(week);
  if (!monday) throw new RangeError(`${week} is no ISO week`);
  return weekOf(new Date(monday.getTime() + count * 7 * DAY_MS));
}
