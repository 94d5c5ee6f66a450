import { useSignal } from "@preact/signals";
import { useLocation, useRoute } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { previewInvite } from "../api/invites.ts";
import type { Failure } from "../api/request.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { InvitationAnswer } from "../components/InvitationAnswer.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { forgetInvitation, invitationPath, keepInvitation } from "../store/invitation.ts";
import { useLoading } from "../store/loading.ts";
import { ensureSession } from "../store/session.ts";

/** Where an invitation link leads. Its token stands behind the #; in older links it is a part of the path. */
export function InvitePage() {
  usePageTitle("Invitation");
  const { params } = useRoute();
  const { route } = useLocation();
  const token = useSignal(location.hash.slice(1));
  const older = params["token"];
  useEffect(() => {
    const changed = () => (token.value = location.hash.slice(1));
    if (older) route(invitationPath(older), true);
    changed();
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, [older]);
  if (token.value === "") return <NoInvitation />;
  return <Invitation key={token.value} token={token.value} />;
}

function Invitation({ token }: { readonly token: string }) {
  const preview = useLoading(`invitation ${token}`, () => previewInvite(token));
  const invitation = preview.value.value;
  const failure = preview.failure.value;
  const isBad = failure !== null && isOver(failure);
  useEffect(() => {
    ensureSession();
    if (isBad) forgetInvitation();
    else keepInvitation(token);
  }, [token, isBad]);
  if (isBad) return <NoInvitation />;
  if (!invitation && failure) return <FailureNote failure={failure} onRetry={() => void preview.reload()} />;
  if (!invitation) return <Waiting />;
  return (
    <section class="narrow card">
      <h1>Join {invitation.household.name}</h1>
      <p>
        {invitation.inviter.name} invites you to plan meals together. You see the same week, and both change
        it.
      </p>
      <InvitationAnswer token={token} household={invitation.household.name} />
    </section>
  );
}

function isOver({ code }: Failure): boolean {
  return code === "not-found" || code === "gone" || code === "invalid-body";
}

function NoInvitation() {
  return (
    <section class="narrow card">
      <h1>This invitation does not work any more</h1>
      <p>It was used, taken back, or has run out; or a part of the link is missing. Ask for a new one.</p>
      <p>
        <a href="/">Go to Mealcast</a>
      </p>
    </section>
  );
}
