import { useLocation } from "preact-iso/router";
import { SignUpForm } from "../components/SignUpForm.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { keptInvitation, pathAfterSignIn } from "../store/invitation.ts";

/** Making an account. */
export function RegisterPage() {
  usePageTitle("Create an account");
  const { route } = useLocation();
  return (
    <section class="narrow card">
      <h1>Create an account</h1>
      <SignUpForm invitation={keptInvitation()} onSignedUp={() => route(pathAfterSignIn())} />
      <p>
        Have an account? <a href="/login">Sign in</a>
      </p>
    </section>
  );
}
