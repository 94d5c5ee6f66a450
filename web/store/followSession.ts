import { effect, type ReadonlySignal } from "@preact/signals";
import type { State } from "../stream/states.ts";
import { checkSession, session, sessionEnded } from "./session.ts";

/** Something live that ends with the user's session. */
interface Watched {
  readonly state: ReadonlySignal<State>;
  resume(): void;
}

/**
 * A stream that ends for want of a session brings up the sign-in; a sign-in, here or in another tab, goes on with it.
 * @returns stops following.
 */
export function followSession(watched: Watched): () => void {
  const stopEnding = effect(() => {
    if (watched.state.value === "signed-out") sessionEnded();
    if (watched.state.value === "live" && session.peek().kind === "expired") void checkSession();
  });
  const stopResuming = effect(() => {
    if (session.value.kind === "signed-in") watched.resume();
  });
  return () => {
    stopEnding();
    stopResuming();
  };
}
