import { Int32, Long } from "mongodb";
import { type Case, describeExpressions, Refusal } from "./calculate.ts";

const int = (value: number) => new Int32(value);
const date = (text: string) => new Date(text);

const document = {
  _id: 1,
  at: date("2026-11-20T12:34:56.789Z"),
  newYear: date("2027-01-01T00:30:00Z"),
  january: date("2026-01-31T10:00:00Z"),
  beforeSummer: date("2026-03-28T12:00:00Z"),
  text: "a",
  nothing: null,
};

const CASES: readonly Case[] = [
  ["the year", { $year: "$at" }, int(2026)],
  ["the year in a zone", { $year: { date: "$newYear", timezone: "America/New_York" } }, int(2026)],
  ["the hour at a distance", { $hour: { date: "$at", timezone: "+0530" } }, int(18)],
  [
    "the month, day and weekday",
    [{ $month: "$at" }, { $dayOfMonth: "$at" }, { $dayOfWeek: "$at" }],
    [int(11), int(20), int(6)],
  ],
  ["the week, from Sunday on", { $week: "$at" }, int(46)],
  ["the first days of a year have week 0", { $week: "$newYear" }, int(0)],
  [
    "the week and its year by ISO 8601",
    [{ $isoWeek: "$newYear" }, { $isoWeekYear: "$newYear" }, { $isoDayOfWeek: "$newYear" }],
    [int(53), Long.fromNumber(2026), int(5)],
  ],
  ["the day of the year", { $dayOfYear: "$at" }, int(324)],
  ["the milliseconds", { $millisecond: "$at" }, int(789)],
  ["the year of null", { $year: "$nothing" }, null],
  ["the year of a text", { $year: "$text" }, new Refusal(16006)],
  ["an unknown zone", { $year: { date: "$at", timezone: "Mars/Olympus" } }, new Refusal(40485)],
  ["an unknown field", { $year: { date: "$at", zone: "UTC" } }, new Refusal(40535)],
  [
    "parts",
    { $dateToParts: { date: "$at", timezone: "Europe/Berlin" } },
    {
      year: int(2026),
      month: int(11),
      day: int(20),
      hour: int(13),
      minute: int(34),
      second: int(56),
      millisecond: int(789),
    },
  ],
  [
    "a date of parts",
    { $dateFromParts: { year: int(2026), month: int(14), day: int(0) } },
    date("2027-01-31T00:00:00Z"),
  ],
  [
    "a date of parts in a zone",
    { $dateFromParts: { year: int(2026), month: int(7), day: int(1), timezone: "Europe/Berlin" } },
    date("2026-06-30T22:00:00Z"),
  ],
  [
    "a date of a week",
    { $dateFromParts: { isoWeekYear: int(2026), isoWeek: int(1), isoDayOfWeek: int(1) } },
    date("2025-12-29T00:00:00Z"),
  ],
  ["parts without a year", { $dateFromParts: { month: int(1) } }, new Refusal(40516)],
  ["a year beyond 9999", { $dateFromParts: { year: int(10000) } }, new Refusal(40523)],
  ["as text", { $dateToString: { date: "$at" } }, "2026-11-20T12:34:56.789Z"],
  [
    "as text in a zone",
    { $dateToString: { date: "$at", timezone: "Europe/Berlin" } },
    "2026-11-20T13:34:56.789",
  ],
  [
    "in a format",
    {
      $dateToString: {
        date: "$at",
        format: "%Y-%m-%d %H:%M:%S.%L %j %U %u %V %w %G %% %z %Z",
        timezone: "-03:30",
      },
    },
    "2026-11-20 09:04:56.789 324 46 5 47 6 2026 % -0330 -210",
  ],
  ["in a format that there is not", { $dateToString: { date: "$at", format: "%Q" } }, new Refusal(18536)],
  ["instead of null", { $dateToString: { date: "$nothing", onNull: "none" } }, "none"],
  [
    "from a text",
    { $dateFromString: { dateString: "2017-02-08T12:10:40.787Z" } },
    date("2017-02-08T12:10:40.787Z"),
  ],
  ["from a day", { $dateFromString: { dateString: "2017-02-08" } }, date("2017-02-08T00:00:00Z")],
  [
    "from a text with an offset",
    { $dateFromString: { dateString: "2017-02-08T12:10:40+02:00" } },
    date("2017-02-08T10:10:40Z"),
  ],
  [
    "from a text in a zone",
    { $dateFromString: { dateString: "2017-07-08T12:00:00", timezone: "Europe/Berlin" } },
    date("2017-07-08T10:00:00Z"),
  ],
  [
    "from a text with a zone, in a zone",
    { $dateFromString: { dateString: "2017-07-08T12:00:00Z", timezone: "Europe/Berlin" } },
    new Refusal(241),
  ],
  [
    "from a text in a format",
    { $dateFromString: { dateString: "06-15-2018", format: "%m-%d-%Y" } },
    date("2018-06-15T00:00:00Z"),
  ],
  [
    "from a text in another format",
    { $dateFromString: { dateString: "15.06.2018", format: "%m-%d-%Y" } },
    new Refusal(241),
  ],
  ["from no date", { $dateFromString: { dateString: "no date" } }, new Refusal(241)],
  ["from a day that is not", { $dateFromString: { dateString: "2017-02-30" } }, new Refusal(241)],
  ["from no date, with another value", { $dateFromString: { dateString: "no date", onError: "$text" } }, "a"],
  ["from null", { $dateFromString: { dateString: "$nothing", onNull: int(0) } }, int(0)],
  [
    "a month added at a month's end",
    { $dateAdd: { startDate: "$january", unit: "month", amount: int(1) } },
    date("2026-02-28T10:00:00Z"),
  ],
  [
    "a day added over summer time",
    { $dateAdd: { startDate: "$beforeSummer", unit: "day", amount: int(1), timezone: "Europe/Berlin" } },
    date("2026-03-29T11:00:00Z"),
  ],
  [
    "24 hours added over summer time",
    { $dateAdd: { startDate: "$beforeSummer", unit: "hour", amount: int(24), timezone: "Europe/Berlin" } },
    date("2026-03-29T12:00:00Z"),
  ],
  [
    "a quarter subtracted",
    { $dateSubtract: { startDate: "$at", unit: "quarter", amount: int(1) } },
    date("2026-08-20T12:34:56.789Z"),
  ],
  ["an unknown unit", { $dateAdd: { startDate: "$at", unit: "fortnight", amount: int(1) } }, new Refusal(9)],
  ["half an amount", { $dateAdd: { startDate: "$at", unit: "day", amount: 0.5 } }, new Refusal(5166405)],
  [
    "days between",
    { $dateDiff: { startDate: "$january", endDate: "$at", unit: "day" } },
    Long.fromNumber(293),
  ],
  [
    "months between",
    { $dateDiff: { startDate: "$january", endDate: date("2026-02-01T00:00:00Z"), unit: "month" } },
    Long.fromNumber(1),
  ],
  [
    "weeks between, from Monday on",
    {
      $dateDiff: {
        startDate: date("2026-11-21T00:00:00Z"),
        endDate: date("2026-11-23T00:00:00Z"),
        unit: "week",
        startOfWeek: "monday",
      },
    },
    Long.fromNumber(1),
  ],
  [
    "hours between",
    {
      $dateDiff: {
        startDate: date("2026-01-01T00:59:00Z"),
        endDate: date("2026-01-01T01:01:00Z"),
        unit: "hour",
      },
    },
    Long.fromNumber(1),
  ],
  [
    "between a text",
    { $dateDiff: { startDate: "$text", endDate: "$at", unit: "day" } },
    new Refusal(5166307),
  ],
  ["cut to the month", { $dateTrunc: { date: "$at", unit: "month" } }, date("2026-11-01T00:00:00Z")],
  [
    "cut to six hours",
    { $dateTrunc: { date: "$at", unit: "hour", binSize: int(6) } },
    date("2026-11-20T12:00:00Z"),
  ],
  [
    "cut to the week in a zone",
    { $dateTrunc: { date: "$at", unit: "week", timezone: "Europe/Berlin", startOfWeek: "mon" } },
    date("2026-11-15T23:00:00Z"),
  ],
  ["cut to nothing", { $dateTrunc: { date: "$at", unit: "day", binSize: int(0) } }, new Refusal(5439018)],
  ["cut without a unit", { $dateTrunc: { date: "$at" } }, new Refusal(5439010)],
];

describeExpressions("dates", document, CASES);
