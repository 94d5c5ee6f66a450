import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import { acceptInvite } from "../api/invites.ts";
import { forgetInvitation } from "../store/invitation.ts";
import { openPlanOfWeek } from "../store/planOfWeek.ts";
import { checkSession, session } from "../store/session.ts";
import { thisWeek } from "../store/today.ts";
import { FailureNote } from "./FailureNote.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { SignUpForm } from "./SignUpForm.tsx";
import { useAction, type Action } from "./useAction.ts";
import { Waiting } from "./Waiting.tsx";

interface InvitationAnswerProps {
  readonly token: string;
  /** The household's name. */
  readonly household: string;
}

/** Joining takes a press: a link preview must not use the invitation up. Whoever has to sign in first joins by that. */
export function InvitationAnswer({ token, household }: InvitationAnswerProps) {
  const joining = useJoining(token);
  const current = session.value;
  if (current.kind === "unknown") return <Waiting />;
  if (current.kind === "unreachable") {
    return <FailureNote failure={current.failure} onRetry={() => void checkSession()} />;
  }
  return (
    <>
      <FailureNote failure={joining.failure.value} />
      {current.kind === "signed-in" ? (
        <JoinAs name={current.user.name} household={household} joining={joining} />
      ) : (
        <EnterFirst token={token} joining={joining} />
      )}
    </>
  );
}

interface Joining extends Pick<Action, "busy" | "failure"> {
  readonly join: () => void;
}

/** Accepts the invitation, and leads to this week of the household. */
function useJoining(token: string): Joining {
  const { route } = useLocation();
  const { busy, failure, run } = useAction();
  async function lead({ _id }: Household): Promise<void> {
    forgetInvitation();
    const plan = await openPlanOfWeek(_id, thisWeek.peek());
    route(plan.ok ? `/plans/${plan.value._id}` : `/households/${_id}`, true);
  }
  return { busy, failure, join: () => run(acceptInvite(token), (joined) => void lead(joined)) };
}

interface JoinAsProps {
  readonly name: string;
  readonly household: string;
  readonly joining: Joining;
}

function JoinAs({ name, household, joining }: JoinAsProps) {
  return (
    <div class="actions">
      <button type="button" class="button primary" disabled={joining.busy.value} onClick={joining.join}>
        Join {household} as {name}
      </button>
      <a class="button quiet" href="/" onClick={forgetInvitation}>
        Not now
      </a>
    </div>
  );
}

function EnterFirst({ token, joining }: { readonly token: string; readonly joining: Joining }) {
  const isKnown = useSignal(false);
  return (
    <>
      <h2>{isKnown.value ? "Sign in and join" : "Create an account and join"}</h2>
      {isKnown.value ? (
        <SignInForm onSignedIn={joining.join} />
      ) : (
        <SignUpForm invitation={token} onSignedUp={joining.join} />
      )}
      <p>
        {isKnown.value ? "New here? " : "Have an account? "}
        <button type="button" class="button quiet small" onClick={() => (isKnown.value = !isKnown.value)}>
          {isKnown.value ? "Create an account" : "Sign in"}
        </button>
      </p>
    </>
  );
}
