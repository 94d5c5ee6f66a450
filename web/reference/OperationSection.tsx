import { AnswerList } from "./AnswerList.tsx";
import { commandOf } from "./commandOf.ts";
import { FieldList } from "./FieldList.tsx";
import { Method } from "./Method.tsx";
import { Prose } from "./Prose.tsx";
import { RefusalTable } from "./RefusalTable.tsx";
import type { Parameter, Place, Reference } from "./reference.ts";
import { SchemaView } from "./SchemaView.tsx";

interface OperationProps {
  readonly place: Place;
  readonly reference: Reference;
}

/** One operation: what it takes, what it answers, and what it refuses. */
export function OperationSection({ place, reference }: OperationProps) {
  const { method, path, operation } = place;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  return (
    <article id={operationId} class="operation" aria-labelledby={`${operationId}-title`}>
      <h3 id={`${operationId}-title`}>
        <a href={`#${operationId}`}>{summary}</a>
      </h3>
      <p class="address">
        <Method name={method} /> <code>{path}</code>
      </p>
      {description && (
        <p>
          <Prose text={description} />
        </p>
      )}
      <p class="callers">
        <Callers place={place} reference={reference} />
      </p>
      <pre tabIndex={0} aria-label="As a command">
        {commandOf(place, location.origin)}
      </pre>
      {parameters.length > 0 && (
        <>
          <h4>Parameters</h4>
          <FieldList fields={parameters.map(fieldOf)} />
        </>
      )}
      {body && (
        <>
          <h4>Body</h4>
          <SchemaView schema={body} />
        </>
      )}
      <h4>Answers</h4>
      <AnswerList responses={responses} />
      <h4>Refusals</h4>
      <RefusalTable responses={responses} reference={reference} />
    </article>
  );
}

function fieldOf({ name, schema, required = false, in: where }: Parameter) {
  return { name, schema, required, where };
}

function Callers({ place, reference }: OperationProps) {
  const needed = place.operation.security.flatMap((scheme) => Object.keys(scheme));
  if (needed.length === 0) return <>Nobody need be signed in.</>;
  return (
    <>
      Needs{" "}
      {needed.map((name, index) => (
        <span key={name} title={reference.components.securitySchemes[name]?.description}>
          {index > 0 && " or "}
          {NEEDS[name] ?? name}
        </span>
      ))}
      .
    </>
  );
}

const NEEDS: Readonly<Record<string, string>> = {
  session: "the session's cookie",
  shareLink: "the token of a share link (?share=)",
  signature: "a signature",
  metricsToken: "the operator's bearer token",
};
