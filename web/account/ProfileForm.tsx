import { useSignal } from "@preact/signals";
import type { User } from "../../protocol/user.ts";
import { changeProfile } from "../api/account.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { TextField } from "../components/TextField.tsx";
import { useAction } from "../components/useAction.ts";
import { noteUser } from "../store/session.ts";
import { besideField, PasswordField } from "./PasswordField.tsx";

interface ProfileFormProps {
  readonly user: User;
  readonly onDone: (words?: string) => void;
}

/** Another name or email. */
export function ProfileForm({ user, onDone }: ProfileFormProps) {
  const name = useSignal(user.name);
  const email = useSignal(user.email);
  const password = useSignal("");
  const { busy, failure, run } = useAction();
  const shared = { required: true, failure: failure.value };
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const typed = { name: name.value.trim(), email: email.value.trim() };
    const change = {
      ...(typed.name !== user.name && { name: typed.name }),
      ...(typed.email !== user.email && { email: typed.email }),
    };
    if (Object.keys(change).length === 0) return onDone();
    run(changeProfile({ ...change, password: password.value }), (changed) => {
      noteUser(changed);
      onDone(wordsFor(changed));
    });
  }
  return (
    <form class="form" onSubmit={submit}>
      <TextField {...shared} label="Name" name="name" autocomplete="name" maxLength={100} value={name} />
      <TextField {...shared} label="Email" name="email" type="email" autocomplete="email" value={email} />
      <PasswordField value={password} failure={failure.value} />
      <FailureNote failure={besideField(failure.value)} shownFields={["name", "email", "password"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Save
      </button>
    </form>
  );
}

function wordsFor({ pendingEmail }: User): string {
  if (!pendingEmail) return "Saved.";
  return `Saved. We have sent a link to ${pendingEmail}: when you open it, that is your email.`;
}
