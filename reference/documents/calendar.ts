import * as z from "zod";

import type { Calendar, NewCalendar } from "../../protocol/calendar.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

/** A household's calendars. */
export const calendarsDocument = z.object({
  calendars: z.array(
    documentOf<Calendar>()(
      z.object({
        _id: id,
        createdBy: z.object({ userId: z.string(), name: z.string() }),
        createdAt: moment,
      }),
    ),
  ),
});

/** A new calendar. */
export const newCalendarDocument = documentOf<NewCalendar>()(
  z.object({
    _id: id,
    url: z.url().describe("For a calendar app to subscribe to. Whoever has it reads the household's meals."),
  }),
).meta({ id: "NewCalendar", description: "A new calendar. Its address is told once, to whoever made it." });
