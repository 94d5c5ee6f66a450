import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { User } from "../../protocol/user.ts";
import { checkSession, ensureSession, session } from "../store/session.ts";
import { FailureNote } from "./FailureNote.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { Waiting } from "./Waiting.tsx";

interface RequireUserProps {
  /** Shown to whoever is not signed in, instead of the question to do so. */
  readonly stranger?: ComponentChildren;
  readonly children: (user: User) => ComponentChildren;
}

/** Shows a page to its user; asks whoever is not signed in to sign in, in place. */
export function RequireUser({ stranger, children }: RequireUserProps) {
  const current = session.value;
  useEffect(ensureSession, []);
  switch (current.kind) {
    case "unknown":
      return <Waiting />;
    case "unreachable":
      return <FailureNote failure={current.failure} onRetry={() => void checkSession()} />;
    case "signed-out":
      return stranger ?? <SignInFirst />;
    case "expired":
    case "signed-in":
      return (
        <>
          {current.kind === "expired" && <Expired user={current.user} />}
          <div key={current.user._id}>{children(current.user)}</div>
        </>
      );
  }
}

function SignInFirst() {
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

function Expired({ user }: { readonly user: User }) {
  return (
    <section class="narrow card expired" aria-label="Signed out">
      <h2>You are signed out</h2>
      <p>Your session has ended. Sign in and go on where you were.</p>
      <SignInForm email={user.email} />
    </section>
  );
}
