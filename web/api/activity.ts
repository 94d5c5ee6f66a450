import { ACTIVITY_KINDS, type Activity, type ActivityLine } from "../../protocol/activity.ts";
import { list, record, text, textOrNull } from "./reading.ts";
import { request, type Result } from "./request.ts";

/** What people did to a plan, the newest first. For its members. */
export function fetchActivity(planId: string): Promise<Result<Activity["activity"]>> {
  return request(`/api/mealplans/${encodeURIComponent(planId)}/activity`, (answer) =>
    list(record(answer)["activity"]).flatMap(readLine),
  );
}

/** A line of a kind that this release does not know is left out. */
function readLine(value: unknown): readonly ActivityLine[] {
  const line = record(value);
  const kind = ACTIVITY_KINDS.find((known) => known === line["kind"]);
  if (!kind) return [];
  return [
    {
      _id: text(line["_id"]),
      at: text(line["at"]),
      by: readAuthor(line["by"]),
      kind,
      entryId: text(line["entryId"]),
      title: text(line["title"]) || "Untitled",
      before: readPart(line["before"]),
      after: readPart(line["after"]),
      cut: list(line["cut"]).map(text),
    },
  ];
}

function readAuthor(value: unknown): ActivityLine["by"] {
  const { userId, name } = record(value);
  return value === null ? null : { userId: text(userId), name: textOrNull(name) };
}

function readPart(value: unknown): ActivityLine["before"] {
  if (value === null || value === undefined) return null;
  const fields = Object.entries(record(value)).filter((field): field is [string, string | number | null] =>
    isPlain(field[1]),
  );
  return Object.fromEntries(fields);
}

function isPlain(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || typeof value === "number";
}
