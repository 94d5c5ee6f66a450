import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { describeMade } from "../edits/describeMade.ts";
import type { MadeEdit } from "../edits/MadeEdits.ts";
import { currentEdits } from "../store/currentEdits.ts";
import { isChangedSince, lastMade, undo, undoable } from "../store/undo.ts";
import { userId } from "../store/session.ts";
import { Toast } from "./Toast.tsx";

/** Says what the user just did, with a way back as long as there is one. Ctrl+Z goes it as well, step by step. */
export function UndoToast() {
  return <Steps key={userId.value} />;
}

function Steps() {
  /** Up to which step it need not be said any more. */
  const said = useSignal(0);
  const asked = useSignal<MadeEdit | null>(null);
  const undone = useSignal<string | null>(null);
  const last = lastMade();
  const shown = asked.value ?? (last && last.step > said.value ? last : null);
  function tryUndo(made: MadeEdit): void {
    undone.value = null;
    if (asked.peek()?.key !== made.key && isChangedSince(made)) return void (asked.value = made);
    dismiss();
    undo(made);
    undone.value = `Undone: ${describeMade(made)}`;
  }
  function dismiss(): void {
    said.value = currentEdits.peek()?.made.list.peek().at(-1)?.step ?? 0;
    asked.value = null;
    undone.value = null;
  }
  function undoLast(): void {
    const made = undoable();
    if (made) tryUndo(made);
  }
  useEffect(() => onUndoKey(undoLast), []);
  return (
    <Toast words={shown ? wordsFor(shown, asked.value !== null) : undone.value} onDismiss={dismiss}>
      {shown && (
        <button type="button" class="button small" onClick={() => tryUndo(shown)}>
          {asked.value ? "Remove it all the same" : "Undo"}
        </button>
      )}
    </Toast>
  );
}

function wordsFor(made: MadeEdit, isAsked: boolean): string {
  return isAsked ? `Somebody has changed ${made.about} since you added it.` : describeMade(made);
}

/** Calls when the keys of undoing are pressed where no text is typed. @returns stops listening. */
function onUndoKey(listener: () => void): () => void {
  function pressed(event: KeyboardEvent): void {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "z";
    if (!isUndo || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    listener();
  }
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
