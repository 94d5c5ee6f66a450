import { useRoute } from "preact-iso/router";
import type { User } from "../../protocol/user.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { NothingHere } from "../components/NothingHere.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useLossNotice } from "../components/useLossNotice.ts";
import { useMyHouseholds } from "../components/useMyHouseholds.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { ListOfHousehold } from "../shoppingList/ListOfHousehold.tsx";
import { lastHousehold } from "../store/lastHousehold.ts";

/** The shopping list of the household that the address names, or else of the one that the user looked at last. */
export function ShoppingListPage() {
  usePageTitle("Shopping list");
  return <RequireUser>{(user) => <Lists user={user} />}</RequireUser>;
}

function Lists({ user }: { readonly user: User }) {
  const { params } = useRoute();
  const mine = useMyHouseholds();
  useLossNotice(mine);
  const households = mine.list.value;
  const failure = mine.failure.value;
  if (households === null) {
    return failure ? <FailureNote failure={failure} onRetry={() => void mine.reload()} /> : <Waiting />;
  }
  const wanted = params["id"] ?? lastHousehold(user._id);
  const named = households.find(({ _id }) => _id === wanted);
  const household = params["id"] ? named : (named ?? households[0]);
  if (!household) return <NoList />;
  return <ListOfHousehold key={household._id} household={household} households={households} user={user} />;
}

function NoList() {
  return (
    <NothingHere title="There is no list here for you">
      A shopping list belongs to a household. Make one, or ask somebody for an invitation to theirs.
    </NothingHere>
  );
}
