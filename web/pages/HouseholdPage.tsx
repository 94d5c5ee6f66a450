import { useLocation, useRoute } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { deleteHousehold, fetchHousehold } from "../api/households.ts";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { InviteSection } from "../components/InviteSection.tsx";
import { MemberList } from "../components/MemberList.tsx";
import { RenameHouseholdForm } from "../components/RenameHouseholdForm.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useAction } from "../components/useAction.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading, type Loading } from "../store/loading.ts";

/** One household: its name, its people, invitations. */
export function HouseholdPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "";
  return <RequireUser>{(user) => <KnownHousehold key={id} id={id} user={user} />}</RequireUser>;
}

function KnownHousehold({ id, user }: { readonly id: string; readonly user: User }) {
  const loading = useLoading(id, () => fetchHousehold(id));
  const household = loading.value.value;
  usePageTitle(household?.name ?? "Household");
  if (!household && loading.failure.value) {
    return <FailureNote failure={loading.failure.value} onRetry={() => void loading.reload()} />;
  }
  if (!household) return <Waiting />;
  return <ShownHousehold household={household} user={user} loading={loading} />;
}

interface ShownHouseholdProps {
  readonly household: Household;
  readonly user: User;
  readonly loading: Loading<Household>;
}

function ShownHousehold({ household, user, loading }: ShownHouseholdProps) {
  const { route } = useLocation();
  const deleting = useAction();
  const isOwner = household.members.some(({ userId, role }) => userId === user._id && role === "owner");
  return (
    <div class="household">
      <h1>{household.name}</h1>
      <section class="card">
        <h2>People</h2>
        <MemberList
          household={household}
          user={user}
          onLeft={() => route("/households")}
          onRemoved={() => void loading.reload()}
        />
      </section>
      <InviteSection householdId={household._id} />
      {isOwner && (
        <section class="card">
          <h2>Settings</h2>
          <RenameHouseholdForm
            household={household}
            onRenamed={(renamed) => (loading.value.value = renamed)}
          />
          <ConfirmButton
            name="Delete"
            question="Delete this household with its plans and recipes?"
            busy={deleting.busy.value}
            onConfirm={() => deleting.run(deleteHousehold(household._id), () => route("/households"))}
          />
          <FailureNote failure={deleting.failure.value} />
        </section>
      )}
    </div>
  );
}
