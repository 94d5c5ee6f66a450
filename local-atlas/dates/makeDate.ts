import { CommandError } from "../errors/CommandError.ts";

/** A date; throws where it lies beyond the years that JavaScript's dates can hold, and the server's can. */
export function makeDate(milliseconds: number): Date {
  const date = new Date(milliseconds);
  if (!Number.isNaN(date.getTime())) return date;
  throw new CommandError(
    "NotImplemented",
    `a date as far away as ${milliseconds} ms is not supported by this server`,
  );
}
