import type { Household } from "../../protocol/household.ts";
import { capital } from "../store/dates.ts";
import { editHousehold } from "../store/editHousehold.ts";

/** What is always in the pantry: a plan does not bring it to the list. */
export function Staples({ household }: { readonly household: Household }) {
  const { staples = [] } = household;
  if (staples.length === 0) return null;
  function takeOut(name: string): void {
    editHousehold(household, { staples: staples.filter((one) => one !== name) }, capital(name));
  }
  return (
    <details class="staples">
      <summary>Always in the pantry, {staples.length}</summary>
      <p class="hint">A week’s plan does not put these on the list.</p>
      <ul>
        {staples.map((name) => (
          <li key={name}>
            <span dir="auto">{capital(name)}</span>
            <button
              type="button"
              class="button quiet small"
              aria-label={`Take out ${name}`}
              onClick={() => takeOut(name)}
            >
              Take out
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
