import { SignInForm } from "./SignInForm.tsx";

/** For whoever opens a page that is somebody's, and is nobody yet. */
export function SignInFirst() {
  return (
    <section class="narrow card">
      <h1>Sign in</h1>
      <p>Sign in to see this page.</p>
      <SignInForm />
      <p>
        New here? <a href="/register">Create an account</a>
      </p>
    </section>
  );
}
