import * as z from "zod";

import { isPublic } from "../../streams/declare/readers.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { mealplans } from "../../streams/mealplans.ts";
import { objectId } from "../../worker/schemas/fields.ts";
import { commonQuerySchema } from "../../worker/schemas/subscription.ts";
import { itemDocument } from "../documents/itemDocument.ts";
import { listedStreamDocument } from "../documents/listedStream.ts";
import { streamEvents } from "../documents/streamEvents.ts";
import { READING, WRITING, json, type ApiOperation, type Caller, type GoodAnswer } from "../operation.ts";

const tag = "Streams";

const listOperation: ApiOperation = {
  id: "listStreams",
  tag,
  method: "get",
  path: "/api/streams",
  summary: "The streams that you may open",
  description: "A browser gets a page instead.",
  caller: "anyone",
  answers: [
    {
      status: 200,
      description: "The streams.",
      content: { "application/json": z.array(listedStreamDocument), "text/html": z.string() },
    },
  ],
  refuses: [],
};

/** What `worker/routes/streams.ts` answers for the declared streams, and the older address of the plans' one. */
export function streamOperations(streams: readonly Stream[]): readonly ApiOperation[] {
  const operations = streams.flatMap(operationsOf);
  return [listOperation, ...operations, ...operations.filter(watchesPlans).map(atOlderAddress)];
}

function operationsOf(stream: Stream): readonly ApiOperation[] {
  return [watchOperation(stream), ...(stream.accepts ? [insertOperation(stream, stream.accepts)] : [])];
}

function watchesPlans({ id }: ApiOperation): boolean {
  return id === `watch-${mealplans.name}`;
}

function atOlderAddress(operation: ApiOperation): ApiOperation {
  return {
    ...operation,
    id: "watchPlan",
    path: "/api/mealplans/updates/{id}",
    summary: "Watch a plan",
    description: `An older name of \`${operation.path}\`.`,
  };
}

function watchOperation(stream: Stream): ApiOperation {
  return {
    id: `watch-${stream.name}`,
    tag,
    method: "get",
    ...placeOf(stream),
    summary: `Watch ${stream.name}, or read what there is now`,
    description:
      "`Accept` chooses between server-sent events, which are also the answer to a client that takes anything, and JSON. `Upgrade: websocket` asks for a WebSocket, which carries each event as one JSON text.",
    caller: callerOf(stream),
    query: queryOf(stream),
    headers: z.object({
      "Last-Event-ID": z.string().optional().describe("Continue after this event. Browsers send it."),
    }),
    answers: watchAnswers(stream),
    refuses: [
      ...READING,
      "not-found",
      "not-acceptable",
      "too-many-streams",
      "hub-full",
      "hub-unavailable",
      ...(isPublic(stream) ? [] : (["revoked", "too-many-attempts"] as const)),
      ...(stream.topic.by === "id" ? [] : (["topic-too-large"] as const)),
    ],
  };
}

function insertOperation(stream: Stream, accepts: NonNullable<Stream["accepts"]>): ApiOperation {
  return {
    id: `insert-${stream.name}`,
    tag,
    method: "post",
    ...placeOf(stream),
    summary: `Add to ${stream.name}`,
    description:
      "For whoever may read the topic. Sending the same `_id` again inserts nothing. What the stream would not show is refused.",
    caller: callerOf(stream),
    body: z.intersection(z.object({ _id: objectId.optional() }), accepts),
    answers: [json(201, "The document as you read it.", itemDocument(stream))],
    refuses: [...WRITING, "not-found", "too-many-attempts", "hub-unavailable", "topic-too-large"],
  };
}

function placeOf({ name, topic }: Stream): Pick<ApiOperation, "path" | "params"> {
  if (topic.by === "everything") return { path: `/api/streams/${name}` };
  const field = topic.by === "id" ? "_id" : topic.field;
  const path = `/api/streams/${name}/{${field}}`;
  return topic.key.name === "id" ? { path } : { path, params: z.object({ [field]: z.string() }) };
}

function callerOf(stream: Stream): Caller {
  if (stream.readers.some(({ by }) => by === "anyone")) return "anyone";
  return stream.readers.some(({ by }) => by === "shareLinks") ? "reader" : "user";
}

/** Only a stream of changes has a past. */
function queryOf(stream: Stream): z.ZodObject {
  const { since, ...others } = commonQuerySchema(stream).shape;
  return z.object({
    ...stream.variables.shape,
    ...(stream.kind === "changes" && { since }),
    ...others,
    lastEventId: z.string().optional().describe("As `Last-Event-ID`, for clients that can't set headers."),
  });
}

function watchAnswers(stream: Stream): readonly GoodAnswer[] {
  const item = itemDocument(stream);
  const held = z.object({
    id: z.string().describe("The event id from which a stream continues."),
    items: z.array(item),
  });
  return [
    {
      status: 200,
      description: "The stream, or what there is now. In an SSE frame, `data` is JSON text.",
      content: {
        "text/event-stream": z.union(streamEvents(stream, item)).meta({ id: `${stream.name}-event` }),
        "application/json": held,
      },
      headers: { ETag: "Of the JSON: send it as `If-None-Match`." },
    },
    { status: 101, description: "A WebSocket of the same events." },
    { status: 304, description: "You have what there is now." },
  ];
}
