import type { User } from "../../protocol/user.ts";
import { changeProfile } from "../api/account.ts";
import { DraftNote } from "../components/DraftNote.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { TextField } from "../components/TextField.tsx";
import { useAction } from "../components/useAction.ts";
import { useDraft } from "../components/useDraft.ts";
import { noteUser } from "../store/session.ts";
import { besideField, PasswordField } from "./PasswordField.tsx";

interface ProfileFormProps {
  readonly user: User;
  readonly onDone: (words?: string) => void;
}

/** Another name or email. */
export function ProfileForm({ user, onDone }: ProfileFormProps) {
  const start = { name: user.name, email: user.email, password: "" };
  const draft = useDraft({ form: "profile", start, secret: ["password"] });
  const { name, email, password } = draft.fields;
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
      draft.sent();
      noteUser(changed);
      onDone(wordsFor(changed));
    });
  }
  return (
    <form class="form" onSubmit={submit}>
      <DraftNote draft={draft} />
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
