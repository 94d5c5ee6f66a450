import * as z from "zod";

import { topicName } from "../streams/declare/topicName.ts";
import { kindOf } from "../streams/declare/readers.ts";
import { fieldsLeftOut, readDocument } from "../streams/declare/readDocument.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import { viewed } from "../streams/declare/views.ts";
import { parseChangeText } from "../protocol/change.ts";
import type { WireDocument } from "../protocol/wireJson.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveRequest } from "./appContext.ts";
import { databaseOf } from "./database.ts";
import { ProblemError, unwrap } from "./errors.ts";
import { askHub } from "./hubClient.ts";
import { limitInserts } from "./limits.ts";
import { publishAfterWrite } from "./publishAfterWrite.ts";
import { parseWith } from "./parseWith.ts";
import { readJson } from "./requestBody.ts";
import type { NamedTopic } from "./namedTopic.ts";
import { objectId } from "./schemas/fields.ts";
import { subscriptionOf } from "./subscriptionOf.ts";

/** A client may choose the `_id`, so that sending it twice inserts it once. */
const chosenId = z.looseObject({ _id: objectId.optional() });

const LEFT_OUT = "This stream shows no document with this value";

/**
 * Inserts a document into a topic for one of its readers, where the stream's declaration accepts any. Answers 201 with
 * the document as he reads it.
 * @throws ProblemError `method-not-allowed`, `invalid-body`, `too-many-attempts`, or what keeps him from reading.
 */
export async function insertItem(
  c: LiveRequest,
  streams: readonly Stream[],
  accounts: Accounts,
  { stream, key }: NamedTopic,
): Promise<Response> {
  const { accepts } = stream;
  if (!accepts) throw new ProblemError("method-not-allowed", { headers: { allow: "GET" } });
  await limitInserts(c);
  const subscription = await subscriptionOf(c, accounts.identify, { stream, key });
  const { _id, ...given } = await readJson(c, chosenId);
  const fields = parseWith(accepts, given, "invalid-body");
  requireBelonging({ stream, key }, { _id: _id ?? null, ...fields });
  unwrap(await askHub(c.env, topicName(stream, key), async (hub) => hub.mayInsert(subscription)));
  const written = unwrap(await databaseOf(c, key).topics.insert(stream.name, key, _id, fields));
  publishAfterWrite(c, streams, [written]);
  const change = parseChangeText(written);
  const item = change.document && readDocument(stream, change.document);
  const kind = item && kindOf(stream, subscription.reader, item.access, null, Date.now());
  const whole = item ? (JSON.parse(item.data) as WireDocument) : {};
  // Whoever may not read it gets back what he sent: of one that was there before he learns nothing.
  const shown = kind ? viewed(stream.views[kind], whole) : { ...fields, _id: whole["_id"] ?? _id ?? null };
  return c.json(shown, 201);
}

/** What the stream leaves out would be stored, and never shown. @throws ProblemError `invalid-body`. */
function requireBelonging({ stream, key }: NamedTopic, document: WireDocument): void {
  const { topic } = stream;
  const placed = topic.by === "field" ? { ...document, [topic.field]: key } : document;
  const fields = fieldsLeftOut(stream, placed).map((path) => ({ path, message: LEFT_OUT }));
  if (fields.length > 0) throw new ProblemError("invalid-body", { fields });
}
