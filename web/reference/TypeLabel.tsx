import { nameOf, type Schema } from "./reference.ts";

const ID = "^[0-9a-f]{24}$";

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "yes or no",
  object: "object",
  null: "null",
};

/** What kind of value a schema describes, in a few words. */
export function TypeLabel({ schema }: { readonly schema: Schema }) {
  if (schema.$ref) return <a href={`#schema-${nameOf(schema.$ref)}`}>{nameOf(schema.$ref)}</a>;
  if (schema.items) {
    return (
      <>
        list{roomIn(schema)} of <TypeLabel schema={schema.items} />
      </>
    );
  }
  if (schema.anyOf) return <Alternatives schemas={schema.anyOf} />;
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
  if (schema.enum) return <Choices values={schema.enum} usual={schema.default} />;
  return <>{scalarLabel(schema)}</>;
}

function Alternatives({ schemas }: { readonly schemas: readonly Schema[] }) {
  return (
    <>
      {schemas.map((schema, index) => (
        <span key={index}>
          {index > 0 && " or "}
          <TypeLabel schema={schema} />
        </span>
      ))}
    </>
  );
}

function Choices({ values, usual }: { readonly values: readonly unknown[]; readonly usual: unknown }) {
  return (
    <>
      {values.map((value, index) => (
        <span key={index}>
          {index > 0 && ", "}
          <code>{String(value)}</code>
          {value === usual && " (by default)"}
        </span>
      ))}
    </>
  );
}

function scalarLabel(schema: Schema): string {
  const { type, pattern, format } = schema;
  if (pattern === ID) return "id";
  if (format === "date-time") return "moment, ISO 8601";
  if (format === "uri") return "address";
  const words = [type ?? []].flat().map((name) => WORDS[name] ?? name);
  const label = words.length > 0 ? words.join(" or ") : "anything";
  return label + limitsOf(schema) + usualOf(schema);
}

function limitsOf({ minLength, maxLength, minimum, maximum }: Schema): string {
  return rangeOf(minLength, maxLength, " characters") + rangeOf(minimum, maximum, "");
}

function roomIn({ minItems, maxItems }: Schema): string {
  const range = rangeOf(minItems, maxItems, "");
  return range === "" ? "" : ` (${range.slice(2)})`;
}

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string {
  if (most === undefined) return least === undefined ? "" : `, at least ${least}${unit}`;
  return least === undefined ? `, up to ${most}${unit}` : `, ${least} to ${most}${unit}`;
}

function usualOf({ default: usual }: Schema): string {
  return usual === undefined ? "" : `, ${JSON.stringify(usual)} by default`;
}
