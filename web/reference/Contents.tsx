import type { Signal } from "@preact/signals";
import { Method } from "./Method.tsx";
import type { Place } from "./reference.ts";

interface ContentsProps {
  readonly groups: readonly { readonly tag: string; readonly places: readonly Place[] }[];
  readonly schemas: readonly string[];
  readonly wanted: Signal<string>;
}

/** Where one can go on the page, and a field to find it by. On a narrow screen it opens when it is wanted. */
export function Contents({ groups, schemas, wanted }: ContentsProps) {
  return (
    <div class="contents">
      <label class="find">
        <span class="visually-hidden">Find an operation</span>
        <input
          type="search"
          placeholder="Find an operation"
          value={wanted.value}
          onInput={({ currentTarget }) => (wanted.value = currentTarget.value)}
        />
      </label>
      <details open={matchMedia("(min-width: 60rem)").matches}>
        <summary>Contents</summary>
        <nav aria-label="Contents">
          {groups.map(({ tag, places }) => (
            <section key={tag}>
              <h2>{tag}</h2>
              <ul>
                {places.map(({ method, operation }) => (
                  <li key={operation.operationId}>
                    <a href={`#${operation.operationId}`}>
                      <Method name={method} /> {operation.summary}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {schemas.length > 0 && (
            <section>
              <h2>Documents</h2>
              <ul>
                {schemas.map((name) => (
                  <li key={name}>
                    <a href={`#schema-${name}`}>{name}</a>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </nav>
      </details>
    </div>
  );
}
