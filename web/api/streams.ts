import { list, record } from "./reading.ts";
import { request, type Result } from "./request.ts";

/** The address of a topic's stream. Read as JSON it answers the topic's items as they are now. */
export function topicUrl(stream: "households" | "lists" | "mealplans" | "recipes", key: string): string {
  return `/api/streams/${stream}/${encodeURIComponent(key)}`;
}

/** Reads a topic's items once. */
export function fetchItems<Item>(
  url: string,
  parse: (value: unknown) => Item,
): Promise<Result<readonly Item[]>> {
  return request(url, (value) => list(record(value)["items"]).map(parse));
}
