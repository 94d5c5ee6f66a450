import { useEffect, useRef } from "preact/hooks";
import type { User } from "../../protocol/user.ts";
import type { Result } from "../api/request.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { useAction } from "../components/useAction.ts";
import { signInWith } from "./ownSession.ts";
import { askPasskey, offerPasskeys } from "./passkeyClient.ts";

/** Signs in with a passkey: by a press, or by choosing it where the browser suggests what to type. */
export function PasskeyEntry({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { busy, failure, run } = useAction();
  const isQuiet = useRef(true);
  useEffect(() => {
    void enter(offerPasskeys(() => isQuiet.current)).then((result) => result.ok && onSignedIn());
    return () => void (isQuiet.current = false);
  }, []);
  function press(): void {
    isQuiet.current = false;
    run(enter(askPasskey()), () => onSignedIn());
  }
  return (
    <>
      <FailureNote failure={failure.value} />
      <button type="button" class="button" disabled={busy.value} onClick={press}>
        Use a passkey
      </button>
    </>
  );
}

async function enter(asking: Promise<Result<unknown>>): Promise<Result<User>> {
  const answer = await asking;
  return answer.ok ? signInWith(answer.value) : answer;
}
