import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Failure } from "../api/request.ts";
import type { Work } from "../edits/work.ts";
import { currentEdits } from "../store/currentEdits.ts";

/** An edit that a form makes. */
export interface FormEdit {
  readonly busy: ReadonlySignal<boolean>;
  /** Why the server said no. That somebody else was faster is asked about elsewhere: the form is done. */
  readonly failure: ReadonlySignal<Failure | null>;
  /**
   * Keeps the edit and sends it. `done` is called when the server has it, and when it can't be reached: then it waits.
   * @param about the name of what is edited.
   */
  readonly run: (work: Work, about: string, done: () => void) => void;
}

/** The state of a form whose edit goes by the queue. A refusal is shown in the form as long as that is there. */
export function useEdit(): FormEdit {
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const isThere = useRef(true);
  useEffect(() => () => void (isThere.current = false), []);
  async function send(work: Work, about: string, done: () => void): Promise<void> {
    const edits = currentEdits.peek();
    if (!edits) return;
    busy.value = true;
    const key = await edits.add(work, about);
    const refusal = await edits.outcome(key);
    if (!isThere.current) return;
    busy.value = false;
    if (!refusal || refusal.code === "changed-meanwhile") return done();
    failure.value = refusal;
    await edits.takeBack(key);
  }
  return { busy, failure, run: (work, about, done) => void send(work, about, done) };
}
