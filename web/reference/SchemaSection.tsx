import { Prose } from "./Prose.tsx";
import type { Schema } from "./reference.ts";
import { SchemaView } from "./SchemaView.tsx";

/** A document that several operations speak of. */
export function SchemaSection({ name, schema }: { readonly name: string; readonly schema: Schema }) {
  const id = `schema-${name}`;
  return (
    <article id={id} class="operation" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        <a href={`#${id}`}>{name}</a>
      </h3>
      {schema.description && (
        <p>
          <Prose text={schema.description} />
        </p>
      )}
      <SchemaView schema={schema} />
    </article>
  );
}
