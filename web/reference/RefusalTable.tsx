import { PROBLEMS, type ProblemCode } from "../../protocol/problem.ts";
import { nameOf, type Operation, type Reference } from "./reference.ts";

interface RefusalTableProps extends Pick<Operation, "responses"> {
  readonly reference: Reference;
}

/** The codes with which an operation says no. */
export function RefusalTable({ responses, reference }: RefusalTableProps) {
  const codes = Object.values(responses).flatMap(({ $ref }) =>
    $ref ? codesIn(reference, nameOf($ref)) : [],
  );
  return (
    <details class="refusals">
      <summary>{codes.length} codes</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Code</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code}>
              <td>{PROBLEMS[code].status}</td>
              <td>
                <code>{code}</code>
              </td>
              <td>{PROBLEMS[code].title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function codesIn({ components }: Reference, name: string): readonly ProblemCode[] {
  const schema = components.responses[name]?.content?.["application/problem+json"]?.schema;
  const codes = schema?.allOf?.flatMap(({ properties }) => properties?.["code"]?.enum ?? []) ?? [];
  return codes as readonly ProblemCode[];
}
