import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

interface SettingRowProps {
  readonly title: string;
  readonly detail: string;
  /** The name of the button that opens the form. */
  readonly action: string;
  readonly isGrave?: boolean;
  /** The form; it closes by `close`, with a word of what was done. */
  readonly children: (close: (words?: string) => void) => ComponentChildren;
}

/** One thing that can be changed: how it is now, and a form for whoever asks for it. */
export function SettingRow({ title, detail, action, isGrave = false, children }: SettingRowProps) {
  const isOpen = useSignal(false);
  const said = useSignal("");
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  function close(words = ""): void {
    isOpen.value = false;
    said.value = words;
    // The form goes, and the button in it that was pressed.
    button.current?.focus();
  }
  function toggle(): void {
    said.value = "";
    isOpen.value = !isOpen.value;
  }
  return (
    <div class="account-row">
      <div class="account-row-line">
        <div>
          <b>{title}</b>
          <p class="hint">{detail}</p>
        </div>
        <button
          ref={button}
          type="button"
          class={isGrave ? "button danger" : "button"}
          aria-expanded={isOpen.value}
          aria-controls={id}
          onClick={toggle}
        >
          {action}
        </button>
      </div>
      <p class="account-said" role="status">
        {said.value}
      </p>
      <div id={id}>{isOpen.value && children(close)}</div>
    </div>
  );
}
