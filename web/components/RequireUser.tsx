import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { User } from "../../protocol/user.ts";
import { checkSession, ensureSession, session } from "../store/session.ts";
import { FailureNote } from "./FailureNote.tsx";
import { fetchParts, lazyPart, soon } from "./lazyPart.tsx";
import { openDialogs } from "./openDialogs.ts";
import { SessionOverPart } from "./sessionOverPart.ts";
import { Waiting } from "./Waiting.tsx";

const SignInFirst = lazyPart(soon(async () => (await import("./SignInFirst.tsx")).SignInFirst));

interface RequireUserProps {
  /** Shown to whoever is not signed in, instead of the question to do so. */
  readonly stranger?: ComponentChildren;
  readonly children: (user: User) => ComponentChildren;
}

/** Shows a page to its user; asks whoever is not signed in to sign in, in place. */
export function RequireUser({ stranger, children }: RequireUserProps) {
  const current = session.value;
  useEffect(ensureSession, []);
  useEffect(() => {
    if (current.kind === "signed-in") void fetchParts();
  }, [current.kind]);
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
          {current.kind === "expired" && openDialogs.value === 0 && <SessionOverPart user={current.user} />}
          <div key={current.user._id}>{children(current.user)}</div>
        </>
      );
  }
}
