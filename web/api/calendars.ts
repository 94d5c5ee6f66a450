import type { Calendar, NewCalendar } from "../../protocol/calendar.ts";
import { householdUrl } from "./households.ts";
import { list, record, text } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

/** Makes an address at which calendar apps read the household's meals. */
export function createCalendar(householdId: string): Promise<Result<NewCalendar>> {
  return request(calendarsUrl(householdId), readNew, { method: "POST" });
}

/** The household's calendars, the oldest first. */
export function fetchCalendars(householdId: string): Promise<Result<readonly Calendar[]>> {
  return request(calendarsUrl(householdId), (value) => list(record(value)["calendars"]).map(readCalendar));
}

/** Apps read no more at its address. */
export function endCalendar(householdId: string, calendarId: string): Promise<Result<null>> {
  const url = `${calendarsUrl(householdId)}/${encodeURIComponent(calendarId)}`;
  return request(url, nothing, { method: "DELETE" });
}

function calendarsUrl(householdId: string): string {
  return `${householdUrl(householdId)}/calendars`;
}

function readNew(value: unknown): NewCalendar {
  const calendar = record(value);
  return { _id: text(calendar["_id"]), url: text(calendar["url"]) };
}

function readCalendar(value: unknown): Calendar {
  const calendar = record(value);
  const { userId, name } = record(calendar["createdBy"]);
  return {
    _id: text(calendar["_id"]),
    createdBy: { userId: text(userId), name: text(name) || "Somebody" },
    createdAt: text(calendar["createdAt"]),
  };
}
