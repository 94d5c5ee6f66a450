const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Below this, seconds say more than minutes. */
const SECONDS_UNTIL = 2 * MINUTE;
const MINUTES_UNTIL = 2 * HOUR;

/** A number of seconds, roughly, as in “25 s”, “3 min” or “4 h”. */
export function durationText(seconds: number): string {
  if (seconds < SECONDS_UNTIL) return `${seconds} s`;
  if (seconds < MINUTES_UNTIL) return `${Math.floor(seconds / MINUTE)} min`;
  return `${Math.floor(seconds / HOUR)} h`;
}
