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

const DAY = 24 * HOUR;

const AGO = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

/**
 * How long ago something was, as people say it: “just now”, “5 minutes ago”, “yesterday”.
 * @param iso when; what is no time, or has not come yet by this clock, is just now.
 * @param now milliseconds since 1970.
 */
export function agoText(iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (!(seconds >= MINUTE)) return "just now";
  if (seconds < HOUR) return AGO.format(-Math.floor(seconds / MINUTE), "minute");
  if (seconds < DAY) return AGO.format(-Math.floor(seconds / HOUR), "hour");
  return AGO.format(-Math.floor(seconds / DAY), "day");
}
