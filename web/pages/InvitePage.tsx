import { useLocation, useRoute } from "preact-iso/router";
import { acceptInvite } from "../api/households.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useAction } from "../components/useAction.ts";
import { usePageTitle } from "../components/usePageTitle.ts";

/** Where an invitation link leads. Joining takes a press: a link preview must not use the invitation up. */
export function InvitePage() {
  usePageTitle("Invitation");
  const { params } = useRoute();
  const { route } = useLocation();
  const { busy, failure, run } = useAction();
  const token = params["token"] ?? "";
  return (
    <RequireUser>
      {(user) => (
        <section class="narrow card">
          <h1>You are invited</h1>
          <p>Join the household as {user.name} and plan meals together.</p>
          <FailureNote failure={failure.value} />
          <button
            type="button"
            class="button primary"
            disabled={busy.value}
            onClick={() => run(acceptInvite(token), ({ _id }) => route(`/households/${_id}`))}
          >
            Join the household
          </button>
        </section>
      )}
    </RequireUser>
  );
}
