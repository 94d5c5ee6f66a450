import { useSignal } from "@preact/signals";
import { changePassword } from "../api/account.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { TextField } from "../components/TextField.tsx";
import { useAction } from "../components/useAction.ts";
import { besideField, PasswordField } from "./PasswordField.tsx";

interface PasswordFormProps {
  readonly onDone: (words?: string) => void;
}

/** Another password. */
export function PasswordForm({ onDone }: PasswordFormProps) {
  const password = useSignal("");
  const next = useSignal("");
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(changePassword(password.value, next.value), () =>
      onDone("Changed. Everywhere else you are signed out."),
    );
  }
  return (
    <form class="form" onSubmit={submit}>
      <PasswordField value={password} failure={failure.value} />
      <TextField
        label="New password"
        name="next"
        type="password"
        autocomplete="new-password"
        required
        minLength={8}
        maxLength={200}
        value={next}
        failure={failure.value}
        hint="At least 8 characters. Everywhere else you are signed out."
      />
      <FailureNote failure={besideField(failure.value)} shownFields={["password", "next"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Change password
      </button>
    </form>
  );
}
