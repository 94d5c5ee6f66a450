import * as z from "zod";

import { calendarsDocument, newCalendarDocument } from "../documents/calendar.ts";
import { type ApiOperation, json, nothing, READING, WRITING } from "../operation.ts";

const tag = "Calendars";

/** What `worker/routes/calendars.ts` answers. */
export const calendarOperations: readonly ApiOperation[] = [
  {
    id: "listCalendars",
    tag,
    method: "get",
    path: "/api/households/{id}/calendars",
    summary: "The household's calendars",
    description: "With who made them. Their addresses are not told again.",
    caller: "user",
    answers: [json(200, "The calendars, the oldest first.", calendarsDocument)],
    refuses: [...READING, "not-found"],
  },
  {
    id: "addCalendar",
    tag,
    method: "post",
    path: "/api/households/{id}/calendars",
    summary: "Make a calendar of the household's meals",
    description:
      "An address for calendar apps, for any member. It works until somebody ends it, or whoever made it leaves the household. " +
      "A household has at most 20.",
    caller: "user",
    answers: [json(201, "The calendar.", newCalendarDocument)],
    refuses: [...WRITING, "not-found", "limit-reached"],
  },
  {
    id: "removeCalendar",
    tag,
    method: "delete",
    path: "/api/households/{id}/calendars/{calendarId}",
    summary: "End a calendar",
    description: "For any member. Apps keep what they have read, and read no more.",
    caller: "user",
    answers: [nothing("Its address is good for nothing any more.")],
    refuses: [...WRITING, "not-found"],
  },
  {
    id: "readCalendar",
    tag,
    method: "get",
    path: "/api/calendars/{id}/{file}",
    summary: "The household's meals, for a calendar app",
    description:
      "RFC 5545. Every dish from five weeks ago to a year from now is an event of its day, since nobody said at what time " +
      "it is eaten.",
    caller: "anyone",
    params: z.object({ file: z.string().describe("The token of the calendar, and `.ics`.") }),
    answers: [
      {
        status: 200,
        description: "The calendar.",
        content: { "text/calendar": z.string() },
        headers: { ETag: "Changes with the meals." },
      },
      { status: 304, description: "What `If-None-Match` names is what it is." },
    ],
    refuses: [...READING, "not-found", "too-many-attempts"],
  },
];
