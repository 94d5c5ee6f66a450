import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

interface ConfirmButtonProps {
  readonly name: string;
  /** The question before it happens. */
  readonly question: string;
  readonly busy: boolean;
  /** False for what takes nothing away. */
  readonly isGrave?: boolean;
  readonly onConfirm: () => void;
}

/** A button for what can't be undone: it asks once, in its own place. */
export function ConfirmButton({ name, question, busy, isGrave = true, onConfirm }: ConfirmButtonProps) {
  const asking = useSignal(false);
  const place = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  // The button that was pressed is gone: the focus goes to the one that took its place.
  useEffect(() => {
    if (pressed.current) place.current?.querySelector("button")?.focus();
  }, [asking.value]);
  const look = isGrave ? "button danger" : "button";
  function ask(isAsking: boolean): void {
    pressed.current = true;
    asking.value = isAsking;
  }
  return (
    <span ref={place} class="confirm" role="group" aria-label={asking.value ? question : name}>
      {asking.value ? (
        <>
          <span>{question}</span>
          <button type="button" class={look} disabled={busy} onClick={onConfirm}>
            Yes, {name.toLowerCase()}
          </button>
          <button type="button" class="button quiet" onClick={() => ask(false)}>
            No
          </button>
        </>
      ) : (
        <button type="button" class={look} disabled={busy} onClick={() => ask(true)}>
          {name}
        </button>
      )}
    </span>
  );
}
