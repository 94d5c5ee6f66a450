import { useMemo } from "preact/hooks";
import { firstColumn, type Aisle } from "../store/aisles.ts";
import { AisleSection } from "./AisleSection.tsx";
import type { ListControls } from "./ListControls.ts";

interface AisleColumnsProps {
  readonly aisles: readonly Aisle[];
  readonly controls: ListControls;
}

/** The aisles, in two columns where there is room. */
export function AisleColumns({ aisles, controls }: AisleColumnsProps) {
  const names = aisles.map(({ name }) => name);
  // Only another order moves an aisle to the other column: what somebody adds must not.
  const inFirst = useMemo(() => firstColumn(aisles), [names.join("\n")]);
  if (aisles.length === 0) return <NothingToBuy />;
  return (
    <div class="aisles">
      {[aisles.slice(0, inFirst), aisles.slice(inFirst)].map((column, index) => (
        <div key={index} class="aisle-column">
          {column.map((aisle) => (
            <AisleSection key={aisle.name} aisle={aisle} names={names} controls={controls} />
          ))}
        </div>
      ))}
    </div>
  );
}

function NothingToBuy() {
  return (
    <p class="nothing-to-buy">
      Nothing to buy. Type what you need, or take over what this week’s dishes need.
    </p>
  );
}
