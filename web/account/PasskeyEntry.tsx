import { useEffect } from "preact/hooks";
import type { User } from "../../protocol/user.ts";
import type { Result } from "../api/request.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { useAction } from "../components/useAction.ts";
import { signInWith } from "./ownSession.ts";
import { askPasskey } from "./passkeyClient.ts";

/** Signs in with a passkey: by a press, or by choosing it where the browser suggests what to type. */
export function PasskeyEntry({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { busy, failure, run } = useAction();
  useEffect(() => {
    void enter(true).then((result) => result.ok && onSignedIn());
  }, []);
  return (
    <>
      <FailureNote failure={failure.value} />
      <button
        type="button"
        class="button"
        disabled={busy.value}
        onClick={() => run(enter(false), () => onSignedIn())}
      >
        Use a passkey
      </button>
    </>
  );
}

async function enter(quietly: boolean): Promise<Result<User>> {
  const answer = await askPasskey(quietly);
  return answer.ok ? signInWith(answer.value) : answer;
}
