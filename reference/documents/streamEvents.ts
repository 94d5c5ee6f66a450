import * as z from "zod";

import type { StreamEvents } from "../../protocol/streamEvents.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { isPublic } from "../../streams/declare/readers.ts";
import { documentOf } from "./documentOf.ts";
import { moment } from "./fields.ts";

const itemId = z.union([z.string(), z.number()]);

/** The data of the events that are the same for every stream. */
const data = documentOf<Omit<StreamEvents<never>, "message" | "change">>()(
  z.object({
    removed: z.object({ _id: itemId }),
    reset: z.object({
      reason: z.enum(["malformed", "unknown-epoch", "below-floor", "above-head", "new-epoch", "new-rights"]),
    }),
    live: z.record(z.string(), z.never()),
    ping: z.object({
      at: moment,
      id: z.string().exactOptional().describe("The last event id that was sent to this subscriber."),
      hash: z.string().exactOptional().describe("The fingerprint of what this subscriber should be holding."),
    }),
    presence: z.object({ viewers: z.array(z.object({ id: z.string(), name: z.string() })) }),
    revoked: z.object({ reason: z.enum(["no-longer-a-member", "share-ended"]) }),
    reauth: z.object({ reason: z.enum(["session-expired", "signed-out"]) }),
    bye: z.object({ reason: z.enum(["retired", "stalled", "silent", "too-large"]) }),
  }),
).shape;

const change = documentOf<StreamEvents<never>["change"]>()(
  z.object({
    operationType: z.enum(["insert", "update", "replace", "delete"]),
    documentKey: z.object({ _id: itemId }),
    fullDocument: z.record(z.string(), z.unknown()).exactOptional(),
    updateDescription: z.record(z.string(), z.unknown()).exactOptional(),
    clusterTime: z.string().describe("Seconds since 1970, a dot, and the place within that second."),
    ns: z.object({ db: z.string(), coll: z.string() }),
  }),
);

const eventId = z.string().describe("Resume with it. Opaque: `<epoch>-<seq>`.");

function numbered<Name extends string>(event: Name, of: z.ZodType, description: string) {
  return z.object({ event: z.literal(event), id: eventId, data: of }).describe(description);
}

function unnumbered<Name extends keyof typeof data>(event: Name, description: string) {
  return z.object({ event: z.literal(event), data: data[event] }).describe(description);
}

/** The events of a stream whose items are given. A subscriber gets no others. */
export function streamEvents(stream: Stream, item: z.ZodType) {
  const changed = change.extend({ fullDocument: item.optional().describe("Not there after a delete.") });
  const own =
    stream.kind === "changes"
      ? [numbered("change", changed, "A change of a document.")]
      : [
          numbered("message", item, "An item's whole new value. In an SSE frame it has no name."),
          numbered("removed", data.removed, "An item is gone. The stream stays open."),
        ];
  return [
    ...own,
    unnumbered("reset", "Forget your event id; the whole follows."),
    unnumbered("live", "You have caught up."),
    unnumbered("ping", "The heartbeat."),
    ...(stream.presence ? [unnumbered("presence", "Who is watching. Guests are not told.")] : []),
    ...(isPublic(stream)
      ? []
      : [
          unnumbered("revoked", "The last event: you may no longer read this. Do not come back."),
          unnumbered("reauth", "The last event: sign in, then continue with your event id."),
        ]),
    unnumbered("bye", "The last event: come back after a random wait, with your event id."),
  ];
}
