import { useSignal, type Signal } from "@preact/signals";
import { askForMail } from "../api/recovery.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { useAction } from "../components/useAction.ts";

const SENT = "If there is an account with this email, a mail with a link is on its way.";
const NO_MAIL =
  "No mail is sent from here. Use a recovery code, or ask an owner of your household: next to your name there is “Help back in”.";

/** Asks for a mail to the address that was typed. Whether there is such an account is told to nobody. */
export function AskForMail({ email }: { readonly email: Signal<string> }) {
  const said = useSignal("");
  const { busy, failure, run } = useAction();
  function ask(): void {
    if (email.value.trim() === "") said.value = "Type your email above first.";
    else run(askForMail(email.value.trim()), (isSent) => (said.value = isSent ? SENT : NO_MAIL));
  }
  return (
    <>
      <h2>No code?</h2>
      <p>
        <button type="button" class="button" disabled={busy.value} onClick={ask}>
          Send me a mail
        </button>
      </p>
      <p role="status">{said.value}</p>
      <FailureNote failure={failure.value} />
    </>
  );
}
