import { useSignal } from "@preact/signals";
import { Contents } from "./Contents.tsx";
import { matches } from "./matches.ts";
import { OperationSection } from "./OperationSection.tsx";
import { Prose } from "./Prose.tsx";
import { placesByTag, type Reference } from "./reference.ts";
import { SchemaSection } from "./SchemaSection.tsx";

/** The reference of the HTTP API: what may be asked for, and what is answered. */
export function ReferencePage({ reference }: { readonly reference: Reference }) {
  const wanted = useSignal("");
  const found = [...placesByTag(reference)]
    .map(([tag, places]) => ({ tag, places: places.filter((place) => matches(place, wanted.value)) }))
    .filter(({ places }) => places.length > 0);
  const schemas = wanted.value.trim() === "" ? Object.entries(reference.components.schemas) : [];
  return (
    <div class="reference">
      <a class="skip-link" href="#content">
        Skip to the content
      </a>
      <header class="banner">
        <a class="wordmark" href="/">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          Mealcast
        </a>
        <a href="/openapi.json">openapi.json</a>
      </header>
      <Contents groups={found} schemas={schemas.map(([name]) => name)} wanted={wanted} />
      <main id="content" tabIndex={-1}>
        <h1>API reference</h1>
        <p>
          <Prose text={reference.info.description} />
        </p>
        {found.length === 0 && <p role="status">Nothing has all of these words.</p>}
        {found.map(({ tag, places }) => (
          <section key={tag} aria-label={tag}>
            <h2>{tag}</h2>
            {places.map((place) => (
              <OperationSection key={place.operation.operationId} place={place} reference={reference} />
            ))}
          </section>
        ))}
        {schemas.length > 0 && (
          <section aria-label="Documents">
            <h2>Documents</h2>
            {schemas.map(([name, schema]) => (
              <SchemaSection key={name} name={name} schema={schema} />
            ))}
          </section>
        )}
      </main>
    </div>
  );
}
