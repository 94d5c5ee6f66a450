const DAY = 86_400_000;

/** A date and a time as clocks show them. Months and days are counted from 1, as people do. */
export interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The week in which a date lies by ISO 8601: weeks begin on Monday and belong to the year of their Thursday. */
export interface IsoWeek {
  readonly isoWeekYear: number;
  readonly isoWeek: number;
  readonly isoDayOfWeek: number;
}

/** Takes local milliseconds apart. */
export function partsOf(local: number): Parts {
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** Local milliseconds of parts; a part beyond its limits is carried over, as the 32nd of a month is. */
export function fromParts(parts: Partial<Parts>): number {
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0 } = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** Whole days since 1970. */
export function dayNumber(local: number): number {
  return Math.floor(local / DAY);
}

/** 1 for the first of January. */
export function dayOfYear(local: number): number {
  return dayNumber(local) - dayNumber(fromParts({ year: partsOf(local).year })) + 1;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(local: number): number {
  return new Date(local).getUTCDay();
}

/** The week of the year when weeks begin on Sunday; 0 before the first Sunday. */
export function weekOfYear(local: number): number {
  return Math.floor((dayOfYear(local) - 1 + 7 - weekday(local)) / 7);
}

/** The week by ISO 8601. */
export function isoWeekOf(local: number): IsoWeek {
  const isoDayOfWeek = weekday(local) || 7;
  const thursday = local + (4 - isoDayOfWeek) * DAY;
  return {
    isoWeekYear: partsOf(thursday).year,
    isoWeek: Math.floor((dayOfYear(thursday) - 1) / 7) + 1,
    isoDayOfWeek,
  };
}

/** Local milliseconds of midnight of a day of a week by ISO 8601. */
export function fromIsoWeek({ isoWeekYear, isoWeek, isoDayOfWeek }: IsoWeek): number {
  const fourth = fromParts({ year: isoWeekYear, day: 4 });
  const monday = fourth - ((weekday(fourth) || 7) - 1) * DAY;
  return monday + ((isoWeek - 1) * 7 + isoDayOfWeek - 1) * DAY;
}

/** The same day of another month, or its last one where it has no such day. */
export function addMonths(local: number, months: number): number {
  const { year, month, day, ...time } = partsOf(local);
  const lastDay = partsOf(fromParts({ year, month: month + months + 1, day: 0 })).day;
  return fromParts({ year, month: month + months, day: Math.min(day, lastDay), ...time });
}
