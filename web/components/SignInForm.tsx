import { canHavePasskeys } from "../account/passkeyClient.ts";
import { signIn } from "../store/session.ts";
import { FailureNote } from "./FailureNote.tsx";
import { lazyPart } from "./lazyPart.tsx";
import { TextField } from "./TextField.tsx";
import { useAction } from "./useAction.ts";
import { useDraft } from "./useDraft.ts";

const PasskeyEntry = lazyPart(async () => (await import("../account/PasskeyEntry.tsx")).PasskeyEntry);

interface SignInFormProps {
  readonly email?: string;
  readonly onSignedIn?: () => void;
}

/** Email, password, and what is wrong with them. */
export function SignInForm({ email: known = "", onSignedIn = () => {} }: SignInFormProps) {
  const draft = useDraft({ form: "sign-in", start: { email: known, password: "" }, secret: ["password"] });
  const { email, password } = draft.fields;
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(signIn({ email: email.value.trim(), password: password.value }), () => {
      draft.sent();
      onSignedIn();
    });
  }
  return (
    <form class="form" onSubmit={submit}>
      <TextField
        label="Email"
        name="email"
        type="email"
        autocomplete="username webauthn"
        required
        value={email}
        failure={failure.value}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
        value={password}
        failure={failure.value}
      />
      <FailureNote failure={failure.value} shownFields={["email", "password"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Sign in
      </button>
      {canHavePasskeys() && <PasskeyEntry onSignedIn={onSignedIn} />}
      <p>
        <a href="/recover">Forgotten your password?</a>
      </p>
    </form>
  );
}
