import { useSignal } from "@preact/signals";
import { signUp } from "../store/session.ts";
import { FailureNote } from "./FailureNote.tsx";
import { TextField } from "./TextField.tsx";
import { useAction } from "./useAction.ts";
import { useDraft } from "./useDraft.ts";

interface SignUpFormProps {
  /** The token of the invitation that somebody came with. */
  readonly invitation: string | null;
  readonly onSignedUp: () => void;
}

/** Makes an account and signs in. */
export function SignUpForm({ invitation, onSignedUp }: SignUpFormProps) {
  const start = { name: "", email: "", password: "" };
  const draft = useDraft({ form: "sign-up", start, secret: ["password"] });
  const { name, email, password } = draft.fields;
  const sentTo = useSignal("");
  const { busy, failure, run } = useAction();
  const shared = { required: true, failure: failure.value };
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const account = { name: name.value.trim(), email: email.value.trim(), password: password.value };
    run(signUp({ ...account, ...(invitation !== null && { invitation }) }), (user) => {
      draft.sent();
      if (user) onSignedUp();
      else sentTo.value = account.email;
    });
  }
  if (sentTo.value !== "") return <MailSent email={sentTo.value} isInvited={invitation !== null} />;
  return (
    <form class="form" onSubmit={submit}>
      <TextField
        {...shared}
        label="Name"
        name="name"
        autocomplete="name"
        maxLength={100}
        value={name}
        hint="Shown to the people of your households."
      />
      <TextField {...shared} label="Email" name="email" type="email" autocomplete="username" value={email} />
      <TextField
        {...shared}
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={8}
        maxLength={200}
        value={password}
        hint="At least 8 characters."
      />
      <FailureNote failure={failure.value} shownFields={["name", "email", "password"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Create account
      </button>
    </form>
  );
}

/** Whether there was an account already is told to nobody but the owner of the address. */
function MailSent({ email, isInvited }: { readonly email: string; readonly isInvited: boolean }) {
  return (
    <p role="status">
      <b>Look into your mail.</b> We have sent a link to {email}: open it, then sign in
      {isInvited ? " on this page" : ""}.
    </p>
  );
}
