import { signal, useSignal, useSignalEffect, type ReadonlySignal, type Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { dropDraft, keepDraft, keptDraft } from "../device/drafts.ts";
import { userId } from "../store/session.ts";

type Fields<Names extends string> = Readonly<Record<Names, Signal<string>>>;

/** A form whose text is never lost. */
export interface DraftForm<Names extends string> {
  readonly fields: Fields<Names>;
  /** True while the form shows text that was kept from before. */
  readonly isKept: ReadonlySignal<boolean>;
  /** What is typed by now. */
  readonly values: () => Readonly<Record<Names, string>>;
  /** Back to how the form began. */
  readonly discard: () => void;
  /** The text was sent: there is nothing left to keep. */
  readonly sent: () => void;
}

/**
 * The fields of a form, with the text that was typed before and never sent. What differs from the beginning is kept on
 * this device at every stroke, until it is sent or discarded.
 * @param form names the form and its document.
 */
export function useDraft<Names extends string>(
  form: string,
  start: Readonly<Record<Names, string>>,
): DraftForm<Names> {
  const account = userId.peek();
  const kept = useMemo(() => keptDraft(account, form), []);
  const fields = useMemo(() => signalsOf(start, kept), []);
  const isKept = useSignal(kept !== null);
  useSignalEffect(() => {
    const typed = Object.entries<Signal<string>>(fields).filter(
      ([name, { value }]) => value !== start[name as Names],
    );
    if (typed.length === 0) return dropDraft(account, form);
    keepDraft(account, form, Object.fromEntries(typed.map(([name, { value }]) => [name, value])));
  });
  function sent(): void {
    dropDraft(account, form);
    isKept.value = false;
  }
  function discard(): void {
    for (const [name, field] of Object.entries<Signal<string>>(fields)) field.value = start[name as Names];
    isKept.value = false;
  }
  const values = () => valuesOf(fields);
  return { fields, isKept, values, discard, sent };
}

function valuesOf<Names extends string>(fields: Fields<Names>): Readonly<Record<Names, string>> {
  const entries = Object.entries<Signal<string>>(fields).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Record<Names, string>;
}

function signalsOf<Names extends string>(
  start: Readonly<Record<Names, string>>,
  kept: Readonly<Record<string, string>> | null,
): Fields<Names> {
  const entries = Object.entries<string>(start).map(([name, value]) => [name, signal(kept?.[name] ?? value)]);
  return Object.fromEntries(entries) as Fields<Names>;
}
