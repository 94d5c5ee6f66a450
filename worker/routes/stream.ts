import { Hono } from "hono";
import { accepts } from "hono/accepts";

import { mealPlanTopic } from "../../protocol/mealPlanStream.ts";
import { SUBSCRIPTION_HEADER, type Subscription } from "../../protocol/subscription.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { ProblemError } from "../errors.ts";
import { hubOf } from "../hubs.ts";
import { describeError, log } from "../../protocol/log.ts";
import { objectIdParam } from "../params.ts";
import { guestOf } from "../reader.ts";
import { identityOf, sessionsOf } from "../session.ts";

const EVENT_STREAM = "text/event-stream";

/** More than any event id has. The hub keeps what is asked for as long as the stream is open. */
const MOST_OF_EVENT_ID = 64;

/** `GET /api/mealplans/updates/:id`: the stream, as server-sent events or as a WebSocket. */
export const streamRoutes = new Hono<AppContext>().get("/:id", async (c) => {
  const planId = objectIdParam(c, "id");
  const isSocket = c.req.header("upgrade")?.toLowerCase() === "websocket";
  if (!isSocket && !acceptsEventStream(c)) throw new ProblemError("not-acceptable");
  const subscription = await subscriptionOf(c, planId);
  const headers = new Headers({ [SUBSCRIPTION_HEADER]: encodeHeader(subscription) });
  if (isSocket) headers.set("upgrade", "websocket");
  // Without the query: a share token goes no further.
  const url = new URL(c.req.path, c.req.url);
  return openStream(c, new Request(url, { headers, signal: c.req.raw.signal }), planId);
});

/** Passes the hub's answer on untouched: a pipe of our own would only cost. */
async function openStream(c: AppRequest, request: Request, planId: string): Promise<Response> {
  try {
    return await hubOf(c.env, planId).fetch(request);
  } catch (error) {
    log("error", "hub-unavailable", { planId, ...describeError(error) });
    throw new ProblemError("hub-unavailable", { headers: { "retry-after": "5" } });
  }
}

async function subscriptionOf(c: AppRequest, planId: string): Promise<Subscription> {
  const asked = {
    planId,
    lastEventId: lastEventIdOf(c),
    mismatch: c.req.query("mismatch") !== undefined,
  };
  const guest = await guestOf(c);
  if (guest) return { ...asked, reader: guest, name: null, sessionId: null, expiresAt: null };
  const { userId, name, sessionId, expiresAt } = await identityOf(c);
  const isOpen = await sessionsOf(c, userId).openStream(sessionId, mealPlanTopic(planId));
  if (!isOpen) throw new ProblemError("signed-out");
  return { ...asked, reader: { kind: "member", userId }, name, sessionId, expiresAt };
}

/** What the browser sends on its own is newer than what the page put into the address. */
function lastEventIdOf(c: AppRequest): string | null {
  const asked = c.req.header("last-event-id") ?? c.req.query("lastEventId") ?? null;
  return asked && asked.slice(0, MOST_OF_EVENT_ID);
}

/** Whether the client would take an event stream. One that says nothing takes anything. */
function acceptsEventStream(c: AppRequest): boolean {
  if (!c.req.header("accept")) return true;
  const match = accepts(c, {
    header: "Accept",
    supports: [EVENT_STREAM],
    default: "",
    match: (accepted) => {
      const ranges = [EVENT_STREAM, "text/*", "*/*"];
      // The most specific range decides, whatever the others weigh.
      const range = ranges
        .map((type) => accepted.find((entry) => entry.type.toLowerCase() === type))
        .find(Boolean);
      return range && range.q > 0 ? EVENT_STREAM : "";
    },
  });
  return match !== "";
}

/** Header values are bytes: names of people may hold any letter. */
function encodeHeader(subscription: Subscription): string {
  return JSON.stringify(subscription).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
