import "../styles/servingsStepper.css";
import type { Signal } from "@preact/signals";

interface ServingsStepperProps {
  readonly servings: Signal<number>;
  /** For how many people the recipe was written. */
  readonly written: number;
}

const MOST = 1000;

/** For how many people to show a recipe: the recipe itself stays. */
export function ServingsStepper({ servings, written }: ServingsStepperProps) {
  const count = servings.value;
  return (
    <div class="servings-stepper" role="group" aria-label="Servings">
      <button
        type="button"
        class="button quiet"
        aria-label="For fewer people"
        disabled={count <= 1}
        onClick={() => servings.value--}
      >
        −
      </button>
      <output>Serves {count}</output>
      <button
        type="button"
        class="button quiet"
        aria-label="For more people"
        disabled={count >= MOST}
        onClick={() => servings.value++}
      >
        +
      </button>
      {count !== written && (
        <button type="button" class="button quiet" onClick={() => (servings.value = written)}>
          As written, for {written}
        </button>
      )}
    </div>
  );
}
