import { Hono } from "hono";

import type { Change } from "../../protocol/change.ts";
import type { EventOutcome, EventResult, HookAnswer } from "../../protocol/changeEvent.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { Accounts } from "../Accounts.ts";
import type { LiveContext } from "../appContext.ts";
import { ProblemError } from "../errors.ts";
import { parseWith } from "../parseWith.ts";
import { publishChanges, type Outcomes } from "../publishChanges.ts";
import { publishRoles } from "../publishRoles.ts";
import { readEvents, type Reading } from "../readEvents.ts";
import { parseJson, readText } from "../requestBody.ts";
import { hookBodySchema } from "../schemas/changeEvent.ts";
import { verifySignature } from "../signature.ts";

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Of several streams, the best that became of an event. */
const BEST_FIRST: readonly EventOutcome[] = ["published", "repeat", "stale"];

/** `POST /api/hooks/atlas`: signed change events, one or many. Sending them again is harmless. */
export function hookRoutes(streams: readonly Stream[], accounts: Accounts): Hono<LiveContext> {
  return new Hono<LiveContext>().post("/atlas", async (c) => {
    const body = await readText(c.req.raw, BODY_LIMIT_BYTES);
    await verifySignature(c, body, Date.now());
    const posted = parseWith(hookBodySchema, parseJson(body), "invalid-body");
    const events = Array.isArray(posted) ? posted : [posted];
    const readings = await readEvents(c, streams, events);
    const changes = readings.flatMap(changeIn);
    // The roles first: whoever has just lost them must not get what comes after.
    const ofRoles = await publishRoles(c, streams, accounts, changes);
    const outcomes = await publishChanges(c.env, streams, changes);
    const results = readings.map((reading, index): EventResult => ({
      id: events[index]?._id._data ?? null,
      ...resultOf(reading, [outcomes, ofRoles]),
    }));
    return c.json<HookAnswer>({ results });
  });
}

function changeIn(reading: Reading): readonly Change[] {
  if ("refused" in reading) throw new ProblemError(reading.refused, { headers: { "retry-after": "2" } });
  return "change" in reading ? [reading.change] : [];
}

function resultOf(reading: Reading, outcomes: readonly Outcomes[]): Omit<EventResult, "id"> {
  if (!("change" in reading)) {
    return "ignored" in reading ? { outcome: "ignored", reason: reading.ignored } : { outcome: "ignored" };
  }
  const reached = new Set<EventOutcome>(outcomes.flatMap((some) => some.get(reading.change) ?? []));
  // What no hub was told of is older than what the directory knows, or of a document that nobody ever held.
  return {
    outcome: BEST_FIRST.find((outcome) => reached.has(outcome)) ?? "stale",
  };
}
