import { Prose } from "./Prose.tsx";
import type { Answer, Operation } from "./reference.ts";
import { SchemaView } from "./SchemaView.tsx";

/** The good answers of an operation. */
export function AnswerList({ responses }: Pick<Operation, "responses">) {
  const good = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return (
    <dl class="answers">
      {good.map(([status, answer]) => (
        <div key={status}>
          <dt>{status}</dt>
          <dd>
            <Prose text={answer.description} />
            <Forms answer={answer} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Forms({ answer: { content = {}, headers = {} } }: { readonly answer: Answer }) {
  return (
    <>
      {Object.entries(content).map(([type, { schema }]) => (
        <div key={type} class="form">
          <code>{type}</code>
          <SchemaView schema={schema} />
        </div>
      ))}
      {Object.entries(headers).map(([name, { description }]) => (
        <p key={name}>
          <code>{name}</code>: <Prose text={description} />
        </p>
      ))}
    </>
  );
}
