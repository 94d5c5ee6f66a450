import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { session } from "../store/session.ts";
import { CrossIcon } from "./icons.tsx";
import { openDialogs } from "./openDialogs.ts";
import { SessionOverPart } from "./sessionOverPart.ts";

/** Of a choice, what is chosen. */
const FIRST_FIELD = "form :is(input:not([type=radio]), input:checked, select, textarea)";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** For two things side by side. */
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/**
 * A modal dialog. The browser keeps the focus inside; at the end it goes back to where it was. It covers the page, so when
 * the session ends it asks for the sign-in itself, and what is typed in it stays.
 */
export function Dialog({ title, onClose, isWide = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const opener = useRef(document.activeElement);
  const id = useId();
  const current = session.value;
  useEffect(() => {
    openDialogs.value++;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
    // The browser gives the focus back when a dialog closes, but not when it is taken out of the document.
    return () => {
      openDialogs.value--;
      focusAgain(opener.current);
    };
  }, []);
  useEffect(() => {
    if (current.kind === "signed-in") focusIfLost(dialog.current);
  }, [current.kind]);
  return (
    <dialog
      ref={dialog}
      class={isWide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">
        <header class="dialog-header">
          <h2 id={id}>{title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <CrossIcon />
          </button>
        </header>
        {current.kind === "expired" && <SessionOverPart user={current.user} />}
        {children}
      </div>
    </dialog>
  );
}

/** After the sign-in, which took the focus with it. */
function focusIfLost(dialog: HTMLDialogElement | null): void {
  if (dialog?.contains(document.activeElement) && document.activeElement !== dialog) return;
  dialog?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
}

/** Where one was before. When that is gone, and nobody knows a place beside it, the page's content. */
function focusAgain(opener: Element | null): void {
  if (opener instanceof HTMLElement) opener.focus();
  requestAnimationFrame(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost) document.querySelector("main")?.focus({ preventScroll: true });
  });
}
