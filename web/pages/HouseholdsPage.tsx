import { useLocation } from "preact-iso/router";
import { ConnectionBadge } from "../components/ConnectionBadge.tsx";
import { CreateHouseholdForm } from "../components/CreateHouseholdForm.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useMyHouseholds } from "../components/useMyHouseholds.ts";
import { useLossNotice } from "../components/useLossNotice.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";

/** The user's households. */
export function HouseholdsPage() {
  usePageTitle("Households");
  return <RequireUser>{() => <Households />}</RequireUser>;
}

function Households() {
  const { route } = useLocation();
  const households = useMyHouseholds();
  const { list, failure, topics } = households;
  useLossNotice(households);
  return (
    <>
      <div class="page-header">
        <div class="page-title">
          <h1>Households</h1>
          <ConnectionBadge stream={topics} />
        </div>
      </div>
      <FailureNote failure={failure.value} onRetry={() => void households.reload()} />
      {!list.value && !failure.value && <Waiting />}
      {list.value && (
        <ul class="household-list">
          {list.value.map(({ _id, name, members }) => (
            <li key={_id}>
              <article class="card">
                <h2>
                  <a href={`/households/${_id}`}>{name}</a>
                </h2>
                <p class="hint">{members.map((member) => member.name).join(", ")}</p>
              </article>
            </li>
          ))}
        </ul>
      )}
      <section class="card narrow-form">
        <h2>New household</h2>
        <CreateHouseholdForm onCreated={({ _id }) => route(`/households/${_id}`)} />
      </section>
    </>
  );
}
