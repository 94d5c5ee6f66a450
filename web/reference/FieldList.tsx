import { fieldsOf, objectIn } from "./objects.ts";
import { Prose } from "./Prose.tsx";
import type { Field } from "./objects.ts";
import { TypeLabel } from "./TypeLabel.tsx";

/** Fields with what each may be; the fields of a field below it. */
export function FieldList({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <ul class="fields">
      {fields.map((field) => (
        <FieldItem key={field.name} {...field} />
      ))}
    </ul>
  );
}

function FieldItem({ name, schema, required, where }: Field) {
  const object = objectIn(schema);
  return (
    <li>
      <code class="name">{name}</code> {where && <span class="where">{where} · </span>}
      <span class="type">
        <TypeLabel schema={schema} />
      </span>
      {!required && <span class="where"> · optional</span>}
      {schema.description && (
        <p>
          <Prose text={schema.description} />
        </p>
      )}
      {object && <FieldList fields={fieldsOf(object)} />}
    </li>
  );
}
