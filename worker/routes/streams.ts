import { Hono } from "hono";

import { SUBSCRIPTION_HEADER, type Subscription } from "../../protocol/subscription.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { topicName } from "../../streams/declare/topicName.ts";
import type { Accounts } from "../Accounts.ts";
import type { LiveContext, LiveRequest } from "../appContext.ts";
import { contentsResponse } from "../contentsResponse.ts";
import { ProblemError } from "../errors.ts";
import { askHub } from "../hubClient.ts";
import { HubEntry } from "../HubEntry.ts";
import { insertItem } from "../insertItem.ts";
import { namedTopic, type NamedTopic } from "../namedTopic.ts";
import { wantedForm } from "../negotiate.ts";
import { listStreams } from "../streamList.ts";
import { subscriptionOf } from "../subscriptionOf.ts";

/** Every declared stream, at `/api/streams`. */
export function streamRoutes(
  streams: readonly Stream[],
  accounts: Accounts,
  referencePath: string | null,
): Hono<LiveContext> {
  return new Hono<LiveContext>()
    .get("/", (c) => listStreams(c, streams, accounts, referencePath))
    .get("/:name/:key?", (c) => answerTopic(c, accounts, namedTopic(c, streams)))
    .post("/:name/:key?", (c) => insertItem(c, streams, accounts, namedTopic(c, streams)));
}

/** Answers with the topic as the client wants it: a stream, or what it holds now. */
export async function answerTopic(
  c: LiveRequest,
  accounts: Accounts,
  { stream, key }: NamedTopic,
): Promise<Response> {
  const form = wantedForm(c);
  if (!form) throw new ProblemError("not-acceptable");
  const subscription = await subscriptionOf(c, identifierFor(stream, accounts), { stream, key });
  const topic = topicName(stream, key);
  const entry = new HubEntry(c, accounts, topic, subscription);
  if (form === "application/json") {
    return entry.contents(() => contentsResponse(c, stream, topic, subscription));
  }
  const { response, isLasting } = await entry.stream(() => openStream(c, topic, subscription));
  if (isLasting) return response;
  await askHub(c.env, topic, (hub) => hub.endSession(subscription.sessionId ?? ""));
  throw new ProblemError("signed-out");
}

/** Where anyone may read, a session that has ended makes a reader anyone, and so has to be known first. */
function identifierFor({ readers }: Stream, accounts: Accounts): Accounts["identify"] {
  return readers.some(({ by }) => by === "anyone") ? accounts.identify : accounts.claimed;
}

/** Passes the hub's answer on untouched: a pipe of our own would only cost. */
function openStream(c: LiveRequest, topic: string, subscription: Subscription): Promise<Response> {
  const headers = new Headers({ [SUBSCRIPTION_HEADER]: encodeHeader(subscription) });
  if (c.req.header("upgrade")) headers.set("upgrade", "websocket");
  // Without the query: a share token goes no further.
  const url = new URL(c.req.path, c.req.url);
  const request = new Request(url, { headers, signal: c.req.raw.signal });
  return askHub(c.env, topic, (hub) => hub.fetch(request));
}

/** Header values are bytes: names of people may hold any letter. */
function encodeHeader(subscription: Subscription): string {
  return JSON.stringify(subscription).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
