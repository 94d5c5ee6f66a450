import { parseChangeText, type Change } from "../protocol/change.ts";
import type { Ejson, EventResult } from "../protocol/changeEvent.ts";
import type { ProblemCode } from "../protocol/problem.ts";
import { clusterTimeOfToken, formatVersion, versionSeconds, type ClusterTime } from "../protocol/version.ts";
import { wireValue } from "../protocol/wireJson.ts";
import { itemIdOf } from "../streams/declare/keys.ts";
import { grantOf } from "../streams/declare/readers.ts";
import { asksForRoles, changedRoles, ROLES } from "../streams/declare/roles.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import { toGrants, toUpdate } from "../streams/declare/toUpdate.ts";
import type { LiveRequest } from "./appContext.ts";
import { databaseOf } from "./database.ts";
import { isDocumentChange, type PostedEvent } from "./schemas/changeEvent.ts";

/** An event that concerns a stream, why it doesn't, or why it can't be read just now. */
export type Reading =
  | { readonly change: Change }
  | { readonly ignored: NonNullable<EventResult["reason"]> }
  | { readonly refused: ProblemCode };

/** Reads posted events as changes, in their order. One whose document was too large to be posted is looked up. */
export function readEvents(
  c: LiveRequest,
  streams: readonly Stream[],
  events: readonly PostedEvent[],
): Promise<readonly Reading[]> {
  return Promise.all(events.map((event) => readEvent(c, streams, event)));
}

async function readEvent(c: LiveRequest, streams: readonly Stream[], event: PostedEvent): Promise<Reading> {
  const { coll: collection } = event.ns;
  if (collection === undefined || !isStreamed(streams, collection)) return { ignored: "unknown-collection" };
  if (!isDocumentChange(event)) return { ignored: "unknown-operation" };
  const key = event.documentKey._id;
  if (itemIdOf(key) === null) return { ignored: "invalid-key" };
  const token = event._id._data;
  const time = clusterTimeOf(event.clusterTime) ?? clusterTimeOfToken(token);
  if (!time) return { ignored: "no-cluster-time" };
  const version = formatVersion(time, token);
  const at = momentOf(event.wallTime) ?? versionSeconds(version) * 1000;
  const change = { collection, key, version, at };
  if (event.operationType === "delete") return concern(streams, { ...change, document: null });
  if (event.documentOmitted) return lookUp(c, streams, { ...change, document: null });
  // Projected away, so this says nothing of the document.
  if (event.fullDocument === undefined) return { ignored: "no-document" };
  // `null` says that it was gone when Atlas looked it up.
  return concern(streams, { ...change, document: event.fullDocument });
}

/** The document is as of now, and so is its version: what came between the event and now is in it. */
async function lookUp(c: LiveRequest, streams: readonly Stream[], change: Change): Promise<Reading> {
  const fit = concern(streams, change);
  if ("ignored" in fit) return fit;
  const key = JSON.stringify(change.key);
  const answer = await databaseOf(c, key).topics.document(change.collection, key);
  return answer.ok
    ? { change: { ...parseChangeText(answer.value), at: change.at } }
    : { refused: answer.code };
}

/** An `_id` that names no topic of any stream concerns nobody. */
function concern(streams: readonly Stream[], change: Change): Reading {
  const own = streams.filter(({ collection }) => collection === change.collection);
  const concerns =
    own.some((stream) => toUpdate(stream, change)) ||
    toGrants(streams, change).length > 0 ||
    isOfRoles(streams, change);
  return concerns ? { change } : { ignored: "invalid-key" };
}

function isOfRoles(streams: readonly Stream[], change: Change): boolean {
  return changedRoles(change) !== null && streams.some(asksForRoles);
}

function isStreamed(streams: readonly Stream[], collection: string): boolean {
  return streams.some(
    (stream) =>
      stream.collection === collection ||
      grantOf(stream)?.stream.collection === collection ||
      (collection === ROLES.collection && asksForRoles(stream)),
  );
}

/** Reads `{"$timestamp": {"t": seconds, "i": increment}}`. */
function clusterTimeOf(value: Ejson | undefined): ClusterTime | null {
  const text = value === undefined ? null : wireValue(value);
  const match = typeof text === "string" ? /^(\d{1,10})\.(\d{1,10})$/.exec(text) : null;
  return match ? { seconds: Number(match[1]), increment: Number(match[2]) } : null;
}

function momentOf(value: Ejson | undefined): number | null {
  const text = value === undefined ? null : wireValue(value);
  const moment = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}
