import { useSignal, type Signal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { User } from "../../protocol/user.ts";
import { recover } from "../api/recovery.ts";
import type { Result } from "../api/request.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { TextField } from "../components/TextField.tsx";
import { useAction } from "../components/useAction.ts";
import { pathAfterSignIn } from "../store/invitation.ts";
import { signIn } from "../store/session.ts";

interface RecoverFormProps {
  readonly email: Signal<string>;
  /** The code that came with the link; empty for none. */
  readonly brought: string;
}

/** Sets a new password by a code, and signs in with it. */
export function RecoverForm({ email, brought }: RecoverFormProps) {
  const { route } = useLocation();
  const code = useSignal(brought);
  const password = useSignal("");
  const { busy, failure, run } = useAction();
  const shared = { required: true, failure: failure.value };
  async function enter(): Promise<Result<User>> {
    const typed = { email: email.value.trim(), password: password.value };
    const recovered = await recover(typed.email, code.value.trim(), typed.password);
    return recovered.ok ? signIn(typed) : recovered;
  }
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(enter(), () => route(pathAfterSignIn(), true));
  }
  return (
    <form class="form" onSubmit={submit}>
      <TextField {...shared} label="Email" name="email" type="email" autocomplete="username" value={email} />
      <TextField
        {...shared}
        label="Code"
        name="code"
        autocomplete="one-time-code"
        maxLength={100}
        value={code}
      />
      <TextField
        {...shared}
        label="New password"
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={8}
        maxLength={200}
        value={password}
        hint="At least 8 characters. Everywhere else you are signed out."
      />
      <FailureNote failure={failure.value} shownFields={["email", "code", "password"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Set the password
      </button>
    </form>
  );
}
