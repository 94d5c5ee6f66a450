import { useId } from "preact/hooks";
import type { Aisle } from "../store/aisles.ts";
import { AisleHandle } from "./AisleHandle.tsx";
import type { ListControls } from "./ListControls.ts";
import { ListLine } from "./ListLine.tsx";

interface AisleSectionProps {
  readonly aisle: Aisle;
  /** The names of all that are shown. */
  readonly names: readonly string[];
  readonly controls: ListControls;
}

/** A part of the shop, with what to get there. */
export function AisleSection({ aisle, names, controls }: AisleSectionProps) {
  const id = useId();
  const { name, lines, left } = aisle;
  return (
    <section class={`aisle${dragClass(name, controls)}`} data-aisle={name} aria-labelledby={id}>
      <div class="aisle-heading">
        <h2 id={id}>{name}</h2>
        <span class="aisle-left">{left === 0 ? "all ticked" : `${left} left`}</span>
        {names.length > 1 && <AisleHandle name={name} names={names} controls={controls} />}
      </div>
      <ul class="list-lines">
        {lines.map((view) => (
          <ListLine key={view.line._id} view={view} controls={controls} />
        ))}
      </ul>
    </section>
  );
}

/** Shows where what is carried would be put down. */
function dragClass(name: string, { aisleDrag, lineDrag }: ListControls): string {
  if (aisleDrag.carried.value === name) return " carried";
  const at = aisleDrag.over.value;
  if (at?.aisle === name) return ` drop-${at.half}`;
  return lineDrag.over.value?.aisle === name ? " drop-into" : "";
}
