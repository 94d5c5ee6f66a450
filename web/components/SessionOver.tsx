import type { User } from "../../protocol/user.ts";
import { SignInForm } from "./SignInForm.tsx";

/** Above a page whose session has ended: the page stays, and goes on after the sign-in. */
export function SessionOver({ user }: { readonly user: User }) {
  return (
    <section class="narrow card expired" aria-label="Signed out">
      <h2>You are signed out</h2>
      <p>Your session has ended. Sign in and go on where you were.</p>
      <SignInForm email={user.email} />
    </section>
  );
}
