import { useLocation } from "preact-iso/router";
import { fetchHouseholds } from "../api/households.ts";
import { CreateHouseholdForm } from "../components/CreateHouseholdForm.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";

/** The user's households. */
export function HouseholdsPage() {
  usePageTitle("Households");
  return <RequireUser>{() => <Households />}</RequireUser>;
}

function Households() {
  const { route } = useLocation();
  const households = useLoading("households", fetchHouseholds);
  const shown = households.value.value;
  return (
    <>
      <h1>Households</h1>
      <FailureNote failure={households.failure.value} onRetry={() => void households.reload()} />
      {!shown && !households.failure.value && <Waiting />}
      {shown && (
        <ul class="household-list">
          {shown.map(({ _id, name, members }) => (
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
