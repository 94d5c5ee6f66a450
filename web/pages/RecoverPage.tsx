import { useSignal } from "@preact/signals";
import { AskForMail } from "../account/AskForMail.tsx";
import { RecoverForm } from "../account/RecoverForm.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";

/** Getting back in without the password: by a code that one has, or by mail. A link may bring the code behind its #. */
export function RecoverPage() {
  usePageTitle("Get back in");
  const email = useSignal("");
  const brought = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
  return (
    <section class="narrow card">
      <h1>Get back in</h1>
      <p>
        {brought === ""
          ? "With one of your recovery codes you set a new password. An owner of your household can make you one, too."
          : "This link lets you back in, once. Say your email, and set a new password."}
      </p>
      <RecoverForm email={email} brought={brought} />
      {brought === "" && <AskForMail email={email} />}
      <p>
        <a href="/login">Back to signing in</a>
      </p>
    </section>
  );
}
