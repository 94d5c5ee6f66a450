import { effect, signal, useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { dropDraft, keepDraft, keptDraft, type Draft } from "../device/drafts.ts";
import { userId } from "../store/session.ts";

type Texts<Names extends string> = Readonly<Record<Names, string>>;
type Fields<Names extends string> = Readonly<Record<Names, Signal<string>>>;
type Document = Draft["seen"];

/** A form whose text is never lost. */
export interface DraftForm<Names extends string> {
  readonly fields: Fields<Names>;
  /** True while the form shows text that was kept from before. */
  readonly isKept: ReadonlySignal<boolean>;
  /** What is typed by now. */
  readonly values: () => Texts<Names>;
  /** What is edited, as the user saw it: where they have typed, as it was when they did. */
  readonly seen: () => Document;
  /** Back to how the form began. */
  readonly discard: () => void;
  /** The text was sent: there is nothing left to keep, and what was sent is how the form begins from now on. */
  readonly sent: () => void;
}

interface DraftOptions<Names extends string> {
  /** Names the form and its document. */
  readonly form: string;
  /** What to show when nothing was typed yet. */
  readonly start: Texts<Names>;
  /** What is edited, by the names of the fields; nothing for a form that makes something new. */
  readonly document?: object;
  /** Fields whose text is never kept: passwords. */
  readonly secret?: readonly NoInfer<Names>[];
}

/**
 * The fields of a form, with the text that was typed before and never sent. What differs from the beginning is kept on
 * this device at every stroke, until it is sent or discarded.
 */
export function useDraft<Names extends string>(options: DraftOptions<Names>): DraftForm<Names> {
  const { form, document = {}, secret = [] } = useMemo(() => options, []);
  const account = useMemo(() => userId.peek(), []);
  const kept = useMemo(() => keptDraft(account, form), []);
  const start = useSignal(options.start);
  const fields = useMemo(() => signalsOf(options.start, kept), []);
  const isKept = useSignal(kept !== null);
  const seen = useSignal<Document>(useMemo(() => seenBefore(document, kept), []));
  function keep(): void {
    const typed = typedIn(fields, start.value).filter(([name]) => !secret.includes(name as Names));
    if (typed.length === 0) dropDraft(account, form);
    else keepDraft(account, form, { typed: Object.fromEntries(typed), seen: seen.value });
  }
  // Not `useSignalEffect`: that waits for the next frame, and the tab may be gone by then.
  useLayoutEffect(() => effect(keep), []);
  function sent(): void {
    // The form may be gone already, and with it whoever keeps its text.
    dropDraft(account, form);
    start.value = valuesOf(fields);
    seen.value = { ...seen.peek(), ...start.peek() };
    isKept.value = false;
  }
  function discard(): void {
    for (const [name, field] of Object.entries<Signal<string>>(fields)) {
      field.value = start.peek()[name as Names];
    }
    seen.value = { ...document };
    isKept.value = false;
  }
  return { fields, isKept, values: () => valuesOf(fields), seen: () => seen.peek(), discard, sent };
}

/** Where one has typed, the document as one saw it then; elsewhere as it is now. */
function seenBefore(document: object, kept: Draft | null): Document {
  const typed = Object.entries(kept?.seen ?? {}).filter(([name]) => kept && name in kept.typed);
  return { ...document, ...Object.fromEntries(typed) };
}

function typedIn<Names extends string>(
  fields: Fields<Names>,
  start: Texts<Names>,
): readonly (readonly [string, string])[] {
  return Object.entries<Signal<string>>(fields)
    .map(([name, { value }]) => [name, value] as const)
    .filter(([name, value]) => value !== start[name as Names]);
}

function valuesOf<Names extends string>(fields: Fields<Names>): Texts<Names> {
  const entries = Object.entries<Signal<string>>(fields).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Record<Names, string>;
}

function signalsOf<Names extends string>(start: Texts<Names>, kept: Draft | null): Fields<Names> {
  const entries = Object.entries<string>(start).map(([name, value]) => [
    name,
    signal(kept?.typed[name] ?? value),
  ]);
  return Object.fromEntries(entries) as Fields<Names>;
}
