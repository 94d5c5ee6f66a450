import { FieldList } from "./FieldList.tsx";
import { fieldsOf, objectIn } from "./objects.ts";
import { Prose } from "./Prose.tsx";
import type { Schema } from "./reference.ts";
import { TypeLabel } from "./TypeLabel.tsx";

/** What a value is: its fields, or its kind. */
export function SchemaView({ schema }: { readonly schema: Schema }) {
  const variants = schema.anyOf ?? schema.allOf;
  if (variants?.some(hasFields)) return <Variants schemas={variants} />;
  const object = objectIn(schema);
  return (
    <>
      {object !== schema && (
        <p>
          <TypeLabel schema={schema} />
        </p>
      )}
      {object?.properties && <FieldList fields={fieldsOf(object)} />}
    </>
  );
}

function hasFields(schema: Schema): boolean {
  return objectIn(schema) !== null;
}

function Variants({ schemas }: { readonly schemas: readonly Schema[] }) {
  return (
    <ul class="variants">
      {schemas.map((schema, index) => (
        <li key={index}>
          <p>
            <EventName schema={schema} />
            <Prose text={schema.description ?? ""} />
          </p>
          <SchemaView schema={schema} />
        </li>
      ))}
    </ul>
  );
}

/** What tells an event from the others of its stream. */
function EventName({ schema }: { readonly schema: Schema }) {
  const name = schema.properties?.["event"]?.const;
  return name === undefined ? null : <code class="name">{String(name)} </code>;
}
