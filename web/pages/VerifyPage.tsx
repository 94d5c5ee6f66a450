import { verifyEmail } from "../api/account.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { NothingHere } from "../components/NothingHere.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";

/** Where the link in a mail leads that proves an address. Its token stands behind the #, out of every log. */
export function VerifyPage() {
  usePageTitle("Your email");
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  const proof = useLoading(`proof ${token}`, () => verifyEmail(token));
  const failure = proof.failure.value;
  if (proof.value.value !== null) {
    return (
      <NothingHere title="Your email is proved">
        {proof.value.value} is yours. You can sign in with it from now on.
      </NothingHere>
    );
  }
  if (failure?.code === "gone" || failure?.code === "invalid-body") {
    return (
      <NothingHere title="This link does not work any more">
        It was used, or it is older than a day. Sign in, or make the account again, and a new one is sent.
      </NothingHere>
    );
  }
  if (failure) return <FailureNote failure={failure} onRetry={() => void proof.reload()} />;
  return <Waiting />;
}
