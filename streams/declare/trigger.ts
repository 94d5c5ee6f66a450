import { contentHash } from "../../protocol/contentHash.ts";
import { grantOf } from "./readers.ts";
import { asksForRoles, ROLES } from "./roles.ts";
import { sparedFields } from "./sparedFields.ts";
import type { Stream } from "./Stream.ts";
import { usedFields } from "./usedFields.ts";

/** A projection as Atlas takes it: what is kept, or what is left out. */
type Projection = Readonly<Record<string, 1>> | Readonly<Record<string, 0>>;

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
    readonly project: Projection;
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
  readonly fields: NeededFields;
}

/** Top-level fields: just some, or all but some. */
type NeededFields = { readonly only: readonly string[] } | { readonly allBut: readonly string[] };

/** The triggers that feed streams: one for each collection that any of them needs, by the collection's name. */
export function triggersFor(streams: readonly Stream[], database: string): readonly TriggerJson[] {
  const needs = Object.groupBy(streams.flatMap(needsOf), ({ collection }) => collection);
  return Object.keys(needs)
    .toSorted()
    .map((collection) => triggerOf(database, collection, unionOf(needs[collection] ?? [])));
}

function needsOf(stream: Stream): readonly Need[] {
  const fields = stream.fields ? { only: stream.fields } : { allBut: sparedFields(stream) };
  return [{ collection: stream.collection, fields }, ...grantNeeds(stream), ...roleNeeds(stream)];
}

function grantNeeds(stream: Stream): readonly Need[] {
  const granting = grantOf(stream)?.stream;
  if (!granting) return [];
  const only = usedFields(granting).map(([, field]) => field.split(".")[0] ?? "");
  return [{ collection: granting.collection, fields: { only } }];
}

/** Every change of a user: an update of a list names `roles.0` as well as `roles`, which no match of a trigger can tell. */
function roleNeeds(stream: Stream): readonly Need[] {
  return asksForRoles(stream) ? [{ collection: ROLES.collection, fields: { only: [ROLES.field] } }] : [];
}

function unionOf(needs: readonly Need[]): NeededFields {
  const only = new Set(needs.flatMap(({ fields }) => ("only" in fields ? fields.only : [])));
  const [first, ...others] = needs.flatMap(({ fields }) => ("allBut" in fields ? [fields.allBut] : []));
  if (!first) return { only: [...only] };
  return {
    allBut: first.filter((field) => !only.has(field) && others.every((spared) => spared.includes(field))),
  };
}

function triggerOf(database: string, collection: string, fields: NeededFields): TriggerJson {
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

/** Atlas takes all 1s or all 0s: where fields are left out, so is the rest of an event that nobody reads. */
function projectOf(fields: NeededFields): Projection {
  if ("allBut" in fields && fields.allBut.length > 0) {
    return {
      ...ofDocument(fields.allBut, 0),
      updateDescription: 0,
      lsid: 0,
      txnNumber: 0,
    };
  }
  const document = "only" in fields ? ofDocument(["_id", ...fields.only], 1) : ({ fullDocument: 1 } as const);
  return {
    _id: 1,
    operationType: 1,
    ns: 1,
    documentKey: 1,
    ...document,
    clusterTime: 1,
    wallTime: 1,
  };
}

function ofDocument<Kept extends 0 | 1>(
  fields: readonly string[],
  kept: Kept,
): Readonly<Record<string, Kept>> {
  const names = [...new Set(fields)].toSorted();
  return Object.fromEntries(names.map((field) => [`fullDocument.${field}`, kept]));
}
