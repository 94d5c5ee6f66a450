import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { isUnsaved } from "../edits/pendingEdit.ts";
import { currentEdits } from "../store/currentEdits.ts";
import { signOut } from "../store/session.ts";
import { useAction } from "./useAction.ts";

/** Signing out ends the page in all tabs and erases what this device keeps: while something has not been saved, it asks first. */
export function SignOutButton() {
  const { route } = useLocation();
  const leaving = useAction();
  const asking = useSignal(false);
  const waiting = (currentEdits.value?.pending.value ?? []).filter(isUnsaved).length;
  function leave(): void {
    leaving.run(signOut(), () => route("/login"));
  }
  if (!asking.value || waiting === 0) {
    return (
      <button
        type="button"
        class="button quiet"
        disabled={leaving.busy.value}
        onClick={() => (waiting > 0 ? (asking.value = true) : leave())}
      >
        Sign out
      </button>
    );
  }
  return (
    <span class="confirm" role="group" aria-label="Sign out">
      <span role="alert">
        {waiting === 1 ? "1 edit is not saved" : `${waiting} edits are not saved`}. Signing out drops{" "}
        {waiting === 1 ? "it" : "them"}.
      </span>
      <button type="button" class="button danger" disabled={leaving.busy.value} onClick={leave}>
        Sign out and drop
      </button>
      <button type="button" class="button quiet" onClick={() => (asking.value = false)}>
        Stay
      </button>
    </span>
  );
}
