import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { FailureNote } from "../components/FailureNote.tsx";
import { TextField } from "../components/TextField.tsx";
import { useAction } from "../components/useAction.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { signUp } from "../store/session.ts";

/** Making an account. */
export function RegisterPage() {
  usePageTitle("Create an account");
  return (
    <section class="narrow card">
      <h1>Create an account</h1>
      <RegistrationForm />
      <p>
        Have an account? <a href="/login">Sign in</a>
      </p>
    </section>
  );
}

function RegistrationForm() {
  const { route } = useLocation();
  const name = useSignal("");
  const email = useSignal("");
  const password = useSignal("");
  const { busy, failure, run } = useAction();
  const shared = { required: true, failure: failure.value };
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const registration = { name: name.value.trim(), email: email.value.trim(), password: password.value };
    run(signUp(registration), () => route("/"));
  }
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
