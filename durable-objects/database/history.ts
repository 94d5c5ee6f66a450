import {
  BSON,
  type ChangeStream,
  type ChangeStreamDocument,
  type ClientSession,
  type Collection,
  type Document,
  MongoServerError,
  Timestamp,
} from "mongodb";

import type { Position } from "../../protocol/position.ts";
import { clusterTimeOfToken, formatVersion, isForeign, type Version } from "../../protocol/version.ts";

/** How long the server may wait for news before it says that there is none. */
const WAIT_MS = 20;

/** A long history is looked through in steps, each of which may find nothing. */
const MOST_EMPTY_STEPS = 20;

/** Events that are read at once: what they hold has to fit into one call between objects. */
const MOST_EVENTS = 1000;
const MOST_BYTES = 8 * 1024 * 1024;

/** The history does not reach back, or can't be followed from there. */
const LOST = new Set([136, 222, 260, 280, 286]);

/** What the history of a collection tells between two places. */
export interface History {
  readonly events: readonly ChangeStreamDocument[];
  readonly position: Position;
  /** Whether there is more to read already. */
  readonly isMore: boolean;
}

/**
 * Reads what has happened in a collection since a place in its history, without waiting for more.
 * @param stages behind `$changeStream`.
 * @returns `null` when the history does not reach back.
 */
export async function readHistory(
  collection: Collection<Document>,
  stages: Document[],
  from: Position | null,
  session: ClientSession,
): Promise<History | null> {
  try {
    return await follow(collection, stages, from, session);
  } catch (error) {
    if (error instanceof MongoServerError && LOST.has(Number(error.code))) return null;
    throw error;
  }
}

async function follow(
  collection: Collection<Document>,
  stages: Document[],
  from: Position | null,
  session: ClientSession,
): Promise<History | null> {
  const stream = collection.watch(stages, {
    session,
    fullDocument: "updateLookup",
    maxAwaitTimeMS: WAIT_MS,
    ...startOptions(from),
  });
  try {
    return await readOn(stream, from, session);
  } finally {
    await stream.close();
  }
}

async function readOn(
  stream: ChangeStream,
  from: Position | null,
  session: ClientSession,
): Promise<History | null> {
  const events: ChangeStreamDocument[] = [];
  let bytes = 0;
  let event = await stream.tryNext();
  const now = session.operationTime;
  if (isElsewhere(from, now)) return null;
  for (let empty = 0; empty < MOST_EMPTY_STEPS; event = await stream.tryNext()) {
    if (event && isInvalidation(event)) return null;
    const place = tokenOf(stream.resumeToken);
    if (!event && hasReached(place, now)) return { events, position: placeOf(place, from), isMore: false };
    if (!event) {
      empty++;
      continue;
    }
    events.push(event);
    bytes += sizeOf(event);
    if (events.length >= MOST_EVENTS || bytes >= MOST_BYTES) break;
  }
  return { events, position: placeOf(tokenOf(stream.resumeToken), from), isMore: true };
}

/** The version up to which nothing is missing at a place. */
export function versionAt(position: Position): Version {
  if ("time" in position) return position.time;
  const time = clusterTimeOfToken(position.token);
  return time ? formatVersion(time) : "";
}

function startOptions(from: Position | null) {
  if (from === null) return {};
  if ("token" in from) return { resumeAfter: { _data: from.token } };
  const high = Number.parseInt(from.time.slice(0, 8), 16);
  const low = Number.parseInt(from.time.slice(8, 16), 16);
  return { startAtOperationTime: new Timestamp({ t: high, i: low }) };
}

function tokenOf(token: unknown): string | null {
  const data = typeof token === "object" && token !== null && "_data" in token ? token._data : null;
  return typeof data === "string" ? data : null;
}

function placeOf(token: string | null, from: Position | null): Position {
  if (token !== null) return { token };
  if (from !== null) return from;
  throw new TypeError("The database told no place in its history");
}

function hasReached(token: string | null, now: Timestamp | undefined): boolean {
  const time = token === null ? null : clusterTimeOfToken(token);
  if (time === null || !now) return true;
  return formatVersion(time) >= formatVersion({ seconds: now.t, increment: now.i });
}

function isElsewhere(from: Position | null, now: Timestamp | undefined): boolean {
  if (from === null || !now) return false;
  return isForeign(formatVersion({ seconds: now.t, increment: now.i }), versionAt(from));
}

function isInvalidation({ operationType }: ChangeStreamDocument): boolean {
  return ["invalidate", "drop", "rename", "dropDatabase"].includes(operationType);
}

/** Roughly: it only has to bound what is held at once. */
function sizeOf(event: ChangeStreamDocument): number {
  return "fullDocument" in event && event.fullDocument ? BSON.calculateObjectSize(event.fullDocument) : 0;
}
