import { useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { contact } from "../api/contact.ts";
import type { Failure, Result } from "../api/request.ts";

/** Something a user does that the server has to confirm. */
export interface Action {
  readonly busy: ReadonlySignal<boolean>;
  /** Why the last attempt failed. That nothing could be reached is taken back when something can. */
  readonly failure: ReadonlySignal<Failure | null>;
  /** Waits for an attempt; `done` gets its value when it worked. */
  readonly run: <T>(attempt: Promise<Result<T>>, done: (value: T) => void) => void;
}

/** The state of a form or a button: whether it is busy, and what went wrong where it was pressed. */
export function useAction(): Action {
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  useSignalEffect(() => {
    void contact.value;
    if (failure.peek()?.code === "network") failure.value = null;
  });
  async function wait<T>(attempt: Promise<Result<T>>, done: (value: T) => void): Promise<void> {
    busy.value = true;
    const result = await attempt;
    busy.value = false;
    failure.value = result.ok ? null : result.failure;
    if (result.ok) done(result.value);
  }
  return { busy, failure, run: (attempt, done) => void wait(attempt, done) };
}
