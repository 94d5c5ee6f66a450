import type { ChangeStreamDocument, Document } from "mongodb";

import type { Ejson, EjsonDocument } from "../../protocol/changeEvent.ts";
import type { Update } from "../../protocol/update.ts";
import { clusterTimeOfToken, formatVersion, type Version, versionSeconds } from "../../protocol/version.ts";
import { wireValue } from "../../protocol/wireJson.ts";
import { itemIdOf } from "../../streams/declare/keys.ts";
import { readDocument } from "../../streams/declare/readDocument.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { ChangeRecord } from "../hub/ChangeLog.ts";
import { ejsonOf } from "./ejson.ts";

/** Longer documents are left out of their change: a row of the hub's storage holds no more. */
const LONGEST_DOCUMENT = 500_000;

interface Facts {
  readonly id: string;
  readonly version: Version;
  readonly at: number;
  readonly event: EjsonDocument;
  readonly document: EjsonDocument | null;
}

/** Reads an event of the history as an update of a topic: a removal when the document belongs elsewhere now. */
export function readChange(stream: Stream, key: string, event: ChangeStreamDocument): Update | null {
  const facts = factsOf(event);
  if (!facts) return null;
  const { id, version, at, document } = facts;
  const item = document && readDocument(stream, document);
  const isHere = item?.key === key;
  return { id, version, at, data: isHere ? item.data : null, access: isHere ? item.access : null };
}

/** Reads an event of the history as a change; `null` for one of a document that the stream leaves out. */
export function readRecord(stream: Stream, event: ChangeStreamDocument): ChangeRecord | null {
  const facts = factsOf(event);
  if (!facts) return null;
  const { id, version, at, document } = facts;
  const { operationType } = event;
  const item = document && readDocument(stream, document);
  if (operationType !== "delete" && document && !item) return null;
  const isShort = item !== null && item.data.length <= LONGEST_DOCUMENT;
  const description = facts.event["updateDescription"];
  return {
    id,
    version,
    at,
    operationType,
    head: headOf(facts.event),
    description: description === undefined ? null : JSON.stringify(wireValue(description)),
    data: isShort ? item.data : null,
  };
}

function headOf(event: EjsonDocument): string {
  const { operationType, documentKey, clusterTime, ns } = event;
  const head = { operationType, documentKey, clusterTime, ns } as Record<string, Ejson>;
  return JSON.stringify(wireValue(head));
}

function factsOf(event: Document): Facts | null {
  const ejson = ejsonOf(event);
  const key = ejson["documentKey"] as EjsonDocument | undefined;
  const id = itemIdOf(key?.["_id"]);
  const token = (ejson["_id"] as EjsonDocument | undefined)?.["_data"];
  const time = typeof token === "string" ? clusterTimeOfToken(token) : null;
  if (id === null || typeof token !== "string" || time === null) return null;
  const version = formatVersion(time, token);
  const document = (ejson["fullDocument"] ?? null) as EjsonDocument | null;
  return { id, version, at: momentOf(ejson["wallTime"], version), event: ejson, document };
}

function momentOf(wallTime: Ejson | undefined, version: Version): number {
  const text = wallTime === undefined ? null : wireValue(wallTime);
  const moment = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? versionSeconds(version) * 1000 : moment;
}
