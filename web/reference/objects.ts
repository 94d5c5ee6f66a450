import type { Schema } from "./reference.ts";

/** A field of an object, or a parameter; then `where` says of what kind. */
export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly where?: string;
}

/** The object in a schema whose fields are worth showing: itself, or what it is a list of; `null` for none. */
export function objectIn(schema: Schema): Schema | null {
  if (schema.properties) return schema;
  return schema.items ? objectIn(schema.items) : null;
}

/** The fields of an object. */
export function fieldsOf({ properties = {}, required = [] }: Schema): readonly Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
  }));
}
