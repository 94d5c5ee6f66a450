import { useLayoutEffect, useRef } from "preact/hooks";
import type { ListControls } from "./ListControls.ts";
import { ListIcon } from "./ListIcon.tsx";

interface AisleHandleProps {
  readonly name: string;
  /** The names of all aisles that are shown, in their order. */
  readonly names: readonly string[];
  readonly controls: ListControls;
}

/** By which an aisle is moved: dragged, or by the arrow keys. */
export function AisleHandle({ name, names, controls }: AisleHandleProps) {
  const handle = useRef<HTMLButtonElement>(null);
  const isPressed = useRef(false);
  const index = names.indexOf(name);
  // A node that is moved in the document loses the focus.
  useLayoutEffect(() => {
    if (isPressed.current) handle.current?.focus();
    isPressed.current = false;
  }, [index]);
  function press(event: KeyboardEvent): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (names[index + step] === undefined) return;
    isPressed.current = true;
    controls.onMoveAisle(name, names[step < 0 ? index - 1 : index + 2] ?? null);
  }
  return (
    <button
      ref={handle}
      type="button"
      class="icon-button aisle-handle"
      aria-label={`Move ${name}`}
      aria-description="Drag it, or use the arrow keys up and down."
      title="Drag, or use the arrow keys"
      onPointerDown={(event) => controls.aisleDrag.begin(event, name)}
      onKeyDown={press}
    >
      <ListIcon name="grip" />
    </button>
  );
}
