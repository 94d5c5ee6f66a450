import { useLocation } from "preact-iso/router";
import { SignInForm } from "../components/SignInForm.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { pathAfterSignIn } from "../store/invitation.ts";

/** Signing in. */
export function LoginPage() {
  usePageTitle("Sign in");
  const { route } = useLocation();
  return (
    <section class="narrow card">
      <h1>Sign in</h1>
      <SignInForm onSignedIn={() => route(pathAfterSignIn())} />
      <p>
        New here? <a href="/register">Create an account</a>
      </p>
    </section>
  );
}
