import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import { staysFor } from "../../protocol/roles.ts";
import type { AccountRemoval } from "../api/account.ts";
import { fetchHouseholds } from "../api/households.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { useAction } from "../components/useAction.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";
import { userId } from "../store/session.ts";
import { removeAccount } from "./ownSession.ts";
import { besideField, PasswordField } from "./PasswordField.tsx";

type Fate = NonNullable<AccountRemoval["households"]>;

/** Says what becomes of each household, asks where there is a choice, and deletes the account. */
export function DeleteAccount() {
  const { route } = useLocation();
  const households = useLoading("households to leave", fetchHouseholds);
  const password = useSignal("");
  const fate = useSignal<Fate>("hand-over");
  const { busy, failure, run } = useAction();
  const list = households.value.value;
  if (!list && households.failure.value) {
    return <FailureNote failure={households.failure.value} onRetry={() => void households.reload()} />;
  }
  if (!list) return <Waiting />;
  const orphaned = list.filter((household) => staysFor(household, userId.peek()) === "sole-owner");
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const removal = {
      password: password.value,
      ...(orphaned.length > 0 && { households: fate.value }),
    };
    run(removeAccount(removal), () => route("/"));
  }
  return (
    <form class="form" onSubmit={submit}>
      <ul class="fates">
        {list.map((household) => (
          <li key={household._id}>{fateOf(household)}</li>
        ))}
      </ul>
      {orphaned.length > 0 && (
        <FateChoice households={orphaned} fate={fate.value} onChoose={(chosen) => (fate.value = chosen)} />
      )}
      <p>This can't be undone. Download your data first, if you may want it again.</p>
      <PasswordField value={password} failure={failure.value} />
      <FailureNote failure={besideField(failure.value)} shownFields={["password"]} />
      <button type="submit" class="button danger" disabled={busy.value}>
        Delete my account for good
      </button>
    </form>
  );
}

function fateOf(household: Household): string {
  const reason = staysFor(household, userId.peek());
  if (reason === "only-member") {
    return `${household.name} goes with you, with its plans and recipes: nobody else is in it.`;
  }
  if (reason === null) return `${household.name} goes on without you. What you wrote stays there.`;
  return `${household.name} has no other owner: choose below what becomes of it.`;
}

interface FateChoiceProps {
  readonly households: readonly Household[];
  readonly fate: Fate;
  readonly onChoose: (fate: Fate) => void;
}

function FateChoice({ households, fate, onChoose }: FateChoiceProps) {
  const names = households.map(({ name }) => name).join(", ");
  const choices = [
    ["hand-over", "Whoever has been there longest becomes the owner"],
    ["delete", "It is deleted for everybody, with its plans and recipes"],
  ] as const;
  return (
    <fieldset class="fate-choice">
      <legend>What becomes of {names}?</legend>
      {choices.map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name="households"
            value={value}
            checked={fate === value}
            onChange={() => onChoose(value)}
          />{" "}
          {words}
        </label>
      ))}
    </fieldset>
  );
}
