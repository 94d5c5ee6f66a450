import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** A link to hand on: shown, and copied by a button. */
export function CopyField({ label, value }: CopyFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  async function copy(): Promise<void> {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      said.value = "Copied";
    } catch {
      // A page without the right to write there can still leave the text selected.
      said.value = "Press Ctrl+C or ⌘C to copy";
    }
  }
  return (
    <div class="copy-field">
      <input ref={input} type="text" readOnly value={value} aria-label={label} />
      <button type="button" class="button" onClick={() => void copy()}>
        Copy
      </button>
      <p class="hint" role="status">
        {said.value}
      </p>
    </div>
  );
}
