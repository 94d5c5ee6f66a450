import { withoutHabits } from "./driverHabits.ts";
import type { ObservedEvent } from "./driverEvents.ts";
import type { Entities } from "./Entities.ts";
import { matchValue } from "./matchValue.ts";
import { Mismatch } from "./Mismatch.ts";
import type { ExpectedEvents } from "./testFile.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Throws `Mismatch` unless a client observed the expected events in their order. */
export function matchEvents(expected: ExpectedEvents, entities: Entities): void {
  const observed = entities.get("client", expected.client).observed(expected.eventType ?? "command");
  const names = observed.map(describe).join(", ");
  if (
    observed.length < expected.events.length ||
    (observed.length > expected.events.length && !expected.ignoreExtraEvents)
  ) {
    throw new Mismatch(`${expected.events.length} events must be observed, not ${observed.length}: ${names}`);
  }
  for (const [index, wanted] of expected.events.entries()) {
    const seen = observed[index];
    if (seen !== undefined) matchOne(wanted, seen, entities, `event ${index + 1}`);
  }
}

/** True when an event is as described by `{eventName: {field: value}}`. */
export function matchEvent(wanted: unknown, seen: ObservedEvent, entities: Entities): boolean {
  try {
    matchOne(wanted as Fields, seen, entities, "event");
    return true;
  } catch (error) {
    if (error instanceof Mismatch) return false;
    throw error;
  }
}

function matchOne(wanted: Fields, seen: ObservedEvent, entities: Entities, path: string): void {
  const [name = "", fields] = Object.entries(wanted)[0] ?? [];
  if (name !== seen.name) throw new Mismatch(`${path} must be a ${name}, not a ${describe(seen)}`);
  for (const [field, value] of Object.entries(fields as Fields)) {
    const actual = fieldOf(seen.event, field, value);
    matchValue(value, actual, entities, { path: `${path}.${field}`, isRoot: true });
  }
}

/** A field of an event by the format's name, which the driver may call otherwise. */
function fieldOf(event: object, field: string, expected: unknown): unknown {
  const fields = event as Fields;
  switch (field) {
    case "command":
      return withoutHabits(fields["command"] as Fields, expected as Fields);
    case "hasServiceId":
      return fields["serviceId"] !== undefined && fields["serviceId"] !== null;
    case "hasServerConnectionId":
      return fields["serverConnectionId"] !== undefined && fields["serverConnectionId"] !== null;
    case "databaseName":
      return fields["databaseName"] ?? (fields["command"] as Fields | undefined)?.["$db"];
    default:
      return fields[field];
  }
}

function describe({ name, event }: ObservedEvent): string {
  return "commandName" in event ? `${name} of ${String(event.commandName)}` : name;
}
