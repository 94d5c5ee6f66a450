import * as z from "zod";

import { compileFilter, fieldsOf, filterFault } from "./compileFilter.ts";
import { DeclarationError } from "./DeclarationError.ts";
import type { Filter } from "../../protocol/filter.ts";
import { grantOf } from "./readers.ts";
import type { Stream } from "./Stream.ts";
import { usedFields } from "./usedFields.ts";

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Words of the address that a stream's own route takes. */
export const RESERVED_VARIABLES = [
  "heartbeat",
  "lastEventId",
  "mismatch",
  "share",
  "since",
  "topic",
] as const;

/**
 * Refuses a declaration that makes no sense. What only the database knows, like the name of a collection, is not
 * checked. @throws DeclarationError
 */
export function checkStream(stream: Stream): void {
  for (const fault of faultsOf(stream)) throw new DeclarationError(stream.name, fault);
}

function* faultsOf(stream: Stream): Iterable<string> {
  const { name, collection, readers, accepts, kind } = stream;
  if (!NAME.test(name)) yield `name: "${name}" is not 1 to 40 small letters, digits and dashes`;
  if (collection === "") yield "collection: it is empty";
  if (readers.length === 0) yield "readers: nobody may read this; say anyone() if everybody may";
  if (kind === "changes" && stream.topic.by === "field") {
    yield "topic: a delete names no field, so changes go by byId() or everything()";
  }
  if (accepts && stream.topic.by === "id")
    yield "accepts: a topic of one document takes no second one; use byField() or everything()";
  yield* viewFaults(stream);
  yield* readerFaults(stream);
  yield* fieldFaults(stream);
  yield* filterFaults(stream);
}

function* viewFaults({ readers, views }: Stream): Iterable<string> {
  const kinds = new Set(readers.map(({ as }) => as));
  for (const name of Object.keys(views)) {
    if (!kinds.has(name)) yield `views: no reader is a "${name}", only ${[...kinds].join(", ")}`;
  }
}

function* readerFaults(stream: Stream): Iterable<string> {
  const { topic, readers } = stream;
  if (readers.some(({ by }) => by === "shareLinks") && topic.by !== "id") {
    yield "readers: a share link opens one document, so shareLinks() needs byId()";
  }
  const grant = grantOf(stream);
  if (!grant) return;
  if (readers.filter(({ by }) => by === "membersOf").length > 1)
    yield "readers: one document grants a topic, so there is one membersOf()";
  if (topic.by !== "field" || topic.field !== grant.field) {
    yield `readers: membersOf(…, "${grant.field}") grants a whole topic, so the topic must be byField("${grant.field}")`;
  }
  if (!grant.stream.readers.some(({ by }) => by === "members"))
    yield `readers: ${grant.stream.name} has no members() to grant anything to`;
}

function* fieldFaults(stream: Stream): Iterable<string> {
  const { fields } = stream;
  if (!fields) return;
  if (fields.some((field) => field.includes("."))) yield "fields: only whole top-level fields can be sent";
  for (const [part, field] of usedFields(stream)) {
    const [top = ""] = field.split(".");
    if (top !== "_id" && !fields.includes(top))
      yield `${part}: "${field}" is not among the fields that are sent`;
  }
}

function* filterFaults(stream: Stream): Iterable<string> {
  const { where, filter, variables } = stream;
  const names = Object.keys(variables.shape);
  for (const name of RESERVED_VARIABLES)
    if (names.includes(name)) yield `variables: "${name}" is taken by the route`;
  if (where) yield* faultsOfOne("where", where, stream);
  if (names.length > 0 && !filter) yield "filter: there are variables, and nothing that they become";
  if (names.length === 0 && filter) yield "variables: there is a filter, and nothing that it asks for";
  if (filter) yield* faultsOfOne("filter", filter(sampleOf(variables)), stream);
}

function* faultsOfOne(part: string, filter: Filter, { fields, hidden }: Stream): Iterable<string> {
  const fault = filterFault(filter);
  if (fault) return yield `${part}: ${fault}`;
  try {
    compileFilter(filter);
  } catch (error) {
    yield `${part}: ${error instanceof Error ? error.message : String(error)}`;
  }
  for (const field of fieldsOf(filter)) {
    const [top = ""] = field.split(".");
    if (fields && top !== "_id" && !fields.includes(top))
      yield `${part}: "${field}" is not among the fields that are sent`;
    if (part === "filter" && hidden.includes(top)) yield `${part}: "${field}" is shown to nobody`;
  }
}

/** Values of the right type: enough to see which fields and operators the filter is made of. */
function sampleOf(variables: z.ZodObject): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(variables, { unrepresentable: "any", io: "output" });
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sampleValue(property)]),
  );
}

type JsonSchema = z.core.JSONSchema.JSONSchema | boolean;

function sampleValue(schema: JsonSchema): unknown {
  if (typeof schema === "boolean") return "x";
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.type === "number" || schema.type === "integer") return 1;
  if (schema.type === "boolean") return true;
  if (schema.type === "array") return ["x"];
  return "x";
}
