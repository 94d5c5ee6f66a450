import { parseChangeText } from "../protocol/change.ts";
import type { EjsonDocument } from "../protocol/changeEvent.ts";
import type { Reader } from "../protocol/reader.ts";
import type { Subscription } from "../protocol/subscription.ts";
import type { WireDocument } from "../protocol/wireJson.ts";
import { kindOf } from "../streams/declare/readers.ts";
import { readDocument } from "../streams/declare/readDocument.ts";
import { topicName } from "../streams/declare/topicName.ts";
import { viewed } from "../streams/declare/views.ts";
import { mealplans } from "../streams/mealplans.ts";
import type { AppRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { ProblemError, unwrap } from "./errors.ts";
import { askHub } from "./hubClient.ts";
import { guestOf } from "./shareToken.ts";

/** Answers with a plan's wire JSON as it is, so that it equals the stream's `data` byte for byte. */
export function planResponse(c: AppRequest, data: string, status: 200 | 201 = 200): Response {
  return c.body(data, status, { "content-type": "application/json" });
}

/**
 * A plan as whoever asks may see it: wire JSON. Reading goes on without the database as long as the plan's hub
 * remembers it. @throws ProblemError `not-found`, `database-unavailable`, `hub-unavailable`.
 */
export async function readPlan(c: AppRequest, planId: string): Promise<string> {
  const reader = await readerOf(c, planId);
  const { topics } = plannerDatabaseOf(c, planId);
  const answer = await topics.document(mealplans.collection, JSON.stringify({ $oid: planId }));
  if (!answer.ok && answer.code === "database-unavailable") return heldPlan(c, planId, reader);
  return shown(parseChangeText(unwrap(answer)).document, reader);
}

async function readerOf(c: AppRequest, planId: string): Promise<Reader> {
  return (
    (await guestOf(c, topicName(mealplans, planId))) ?? {
      kind: "user",
      userId: c.var.identity.userId,
      roles: [],
    }
  );
}

function shown(document: EjsonDocument | null, reader: Reader): string {
  const item = document && readDocument(mealplans, document);
  const kind = item && kindOf(mealplans, reader, item.access, null, Date.now());
  if (!item || kind === null) throw new ProblemError("not-found");
  return JSON.stringify(viewed(mealplans.views[kind], JSON.parse(item.data) as WireDocument));
}

/** The plan as its hub holds it. A hub that never held it can't tell whether it exists. */
async function heldPlan(c: AppRequest, planId: string, reader: Reader): Promise<string> {
  const held = await askHub(c.env, topicName(mealplans, planId), async (hub) =>
    hub.held(readingOnly(reader)),
  );
  const [plan] = JSON.parse(unwrap(held).items) as readonly WireDocument[];
  return JSON.stringify(plan);
}

function readingOnly(reader: Reader): Subscription {
  return {
    reader,
    holder: null,
    name: null,
    sessionId: null,
    expiresAt: null,
    filter: null,
    lastEventId: null,
    since: null,
    mismatch: false,
    heartbeat: "event",
  };
}
