import { useSignal } from "@preact/signals";

interface ConfirmButtonProps {
  readonly name: string;
  /** What is asked before it happens. */
  readonly question: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}

/** A button for what can't be undone: it asks once, in its own place. */
export function ConfirmButton({ name, question, busy, onConfirm }: ConfirmButtonProps) {
  const asking = useSignal(false);
  if (!asking.value) {
    return (
      <button type="button" class="button danger" disabled={busy} onClick={() => (asking.value = true)}>
        {name}
      </button>
    );
  }
  return (
    <span class="confirm" role="group" aria-label={question}>
      <span>{question}</span>
      <button type="button" class="button danger" autoFocus disabled={busy} onClick={onConfirm}>
        Yes, {name.toLowerCase()}
      </button>
      <button type="button" class="button quiet" onClick={() => (asking.value = false)}>
        No
      </button>
    </span>
  );
}
