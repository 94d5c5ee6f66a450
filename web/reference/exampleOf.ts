import type { Schema } from "./reference.ts";

/** A value that a schema describes: the fields that are needed, or else the first one. */
export function exampleOf(schema: Schema): unknown {
  const [first] = schema.anyOf ?? [];
  if (first) return exampleOf(first);
  if (schema.enum) return schema.enum[0];
  if (schema.type === "object") return exampleObject(schema);
  if (schema.type === "array") return schema.items ? [exampleOf(schema.items)] : [];
  return exampleScalar(schema);
}

function exampleObject({ properties = {}, required = [] }: Schema): unknown {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, exampleOf(properties[name] ?? {})]));
}

function exampleScalar({ type, format, minimum = 1 }: Schema): unknown {
  if (type === "integer" || type === "number") return Math.max(minimum, 1);
  if (type === "boolean") return true;
  return format === "date-time" ? "2030-01-01T00:00:00Z" : "…";
}
