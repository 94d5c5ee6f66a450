import { useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { SignInForm } from "../components/SignInForm.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { pathAfterSignIn } from "../store/invitation.ts";
import { session } from "../store/session.ts";

/** Signing in. */
export function LoginPage() {
  usePageTitle("Sign in");
  const { route } = useLocation();
  const { kind } = session.value;
  // By this form, by a passkey, or in the page that was here a moment ago.
  useEffect(() => {
    if (kind === "signed-in") route(pathAfterSignIn(), true);
  }, [kind]);
  return (
    <section class="narrow card">
      <h1>Sign in</h1>
      <SignInForm />
      <p>
        New here? <a href="/register">Create an account</a>
      </p>
    </section>
  );
}
