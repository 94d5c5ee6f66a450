import type { Viewer } from "../../protocol/streamEvents.ts";
import type { Subscriber } from "./Subscriber.ts";

/** Who is watching: one per person, however many pages they have open, by name. Guests are not listed. */
export function viewersOf(subscribers: Iterable<Subscriber>): readonly Viewer[] {
  const viewers = new Map<string, Viewer>();
  for (const { subscription } of subscribers) {
    const { reader, name } = subscription;
    if (reader.kind === "user") viewers.set(reader.userId, { id: reader.userId, name: name ?? "" });
  }
  return [...viewers.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}
