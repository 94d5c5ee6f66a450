import { contentHash } from "../../protocol/contentHash.ts";
import { grantOf } from "./readers.ts";
import { asksForRoles, ROLES } from "./roles.ts";
import type { Stream } from "./Stream.ts";
import { usedFields } from "./usedFields.ts";

/** A database trigger as Atlas exports it, `triggers/<name>.json`. */
export interface TriggerJson {
  readonly name: string;
  readonly type: "DATABASE";
  readonly disabled: boolean;
  readonly config: {
    readonly service_name: string;
    readonly database: string;
    readonly collection: string;
    readonly operation_types: readonly string[];
    readonly full_document: boolean;
    readonly full_document_before_change: boolean;
    readonly match: object;
    readonly project: Readonly<Record<string, 1>>;
    readonly unordered: boolean;
    readonly skip_catchup_events: boolean;
    readonly tolerate_resume_errors: boolean;
    readonly maximum_throughput: boolean;
  };
  readonly event_processors: {
    readonly FUNCTION: { readonly config: { readonly function_name: string } };
  };
}

/** How the names of our triggers begin. */
export const TRIGGER_PREFIX = "publish-";

/** What Atlas takes as the name of a trigger, behind our prefix. */
const PLAIN_NAME = /^[A-Za-z0-9_-]{1,56}$/;

/** What streams need of a collection. */
interface Need {
  readonly collection: string;
  /** Top-level fields; `null` for all. */
  readonly fields: readonly string[] | null;
}

/** The triggers that feed streams: one for each collection that any of them needs, by the collection's name. */
export function triggersFor(streams: readonly Stream[], database: string): readonly TriggerJson[] {
  const needs = Object.groupBy(streams.flatMap(needsOf), ({ collection }) => collection);
  return Object.keys(needs)
    .toSorted()
    .map((collection) => triggerOf(database, collection, unionOf(needs[collection] ?? [])));
}

function needsOf(stream: Stream): readonly Need[] {
  return [
    { collection: stream.collection, fields: stream.fields },
    ...grantNeeds(stream),
    ...roleNeeds(stream),
  ];
}

function grantNeeds(stream: Stream): readonly Need[] {
  const granting = grantOf(stream)?.stream;
  if (!granting) return [];
  const fields = usedFields(granting).map(([, field]) => field.split(".")[0] ?? "");
  return [{ collection: granting.collection, fields }];
}

/** Every change of a user: an update of a list names `roles.0` as well as `roles`, which no match of a trigger can tell. */
function roleNeeds(stream: Stream): readonly Need[] {
  return asksForRoles(stream) ? [{ collection: ROLES.collection, fields: [ROLES.field] }] : [];
}

function unionOf(needs: readonly Need[]): readonly string[] | null {
  const fields = new Set<string>(["_id"]);
  for (const need of needs) {
    if (!need.fields) return null;
    for (const field of need.fields) fields.add(field);
  }
  return [...fields].toSorted();
}

function triggerOf(database: string, collection: string, fields: readonly string[] | null): TriggerJson {
  return {
    name: `${TRIGGER_PREFIX}${PLAIN_NAME.test(collection) ? collection : contentHash(collection)}`,
    type: "DATABASE",
    disabled: false,
    config: {
      service_name: "mongodb-atlas",
      database,
      collection,
      operation_types: ["INSERT", "UPDATE", "REPLACE", "DELETE"],
      full_document: true,
      full_document_before_change: false,
      match: {},
      project: projectOf(fields),
      unordered: true,
      skip_catchup_events: false,
      tolerate_resume_errors: true,
      maximum_throughput: false,
    },
    event_processors: { FUNCTION: { config: { function_name: "publishChange" } } },
  };
}

function projectOf(fields: readonly string[] | null): Readonly<Record<string, 1>> {
  const document = fields?.map((field) => [`fullDocument.${field}`, 1] as const) ?? [
    ["fullDocument", 1] as const,
  ];
  return {
    _id: 1,
    operationType: 1,
    ns: 1,
    documentKey: 1,
    ...Object.fromEntries(document),
    clusterTime: 1,
    wallTime: 1,
  };
}
