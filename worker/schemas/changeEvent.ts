import * as z from "zod";

import type { ChangeEvent, Ejson, EjsonDocument } from "../../protocol/changeEvent.ts";

/** JSON has been parsed already: any object, array or scalar in it is Extended JSON. */
const ejson: z.ZodType<Ejson> = z.custom<Ejson>((value) => value !== undefined);
const ejsonDocument = z.custom<EjsonDocument>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "Expected a document",
);

/** What every event must have before it can be told which kind it is. Fields that we don't read may be there. */
const changeEventSchema = z
  .object({
    _id: z.object({ _data: z.string().regex(/^[0-9a-fA-F]{18,4096}$/, "Expected a resume token") }),
    operationType: z.string().min(1).max(64),
    ns: z.object({ db: z.string().max(255), coll: z.string().max(255).optional() }),
    documentKey: z.object({ _id: ejson }).optional(),
    fullDocument: ejsonDocument.nullish(),
    /** The document was too long to be posted, and is to be read. */
    documentOmitted: z.literal(true).optional(),
    clusterTime: ejson.optional(),
    wallTime: ejson.optional(),
  })
  .meta({ id: "ChangeEvent" });

/** A change event as it arrives: of any collection and any operation. */
export type PostedEvent = z.output<typeof changeEventSchema>;

/** The body of the hook: one event, or up to a thousand. */
export const hookBodySchema = z.union([z.array(changeEventSchema).min(1).max(1000), changeEventSchema]);

/** Whether the event says what a stream's update is made of. */
export function isDocumentChange(event: PostedEvent): event is PostedEvent & ChangeEvent {
  return (
    ["insert", "update", "replace", "delete"].includes(event.operationType) && event.documentKey !== undefined
  );
}
