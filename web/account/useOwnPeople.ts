import type { User } from "../../protocol/user.ts";
import { useMyHouseholds } from "../components/useMyHouseholds.ts";
import { lastHousehold } from "../store/lastHousehold.ts";
import { People } from "../store/People.ts";

/** Those among whom the user was seen last, so that their colour is the same here as on the plan. */
export function useOwnPeople(user: User): People {
  const households = useMyHouseholds().list.value ?? [];
  const last = lastHousehold(user._id);
  const household = households.find(({ _id }) => _id === last) ?? households[0];
  return new People(household?.members ?? [{ userId: user._id, name: user.name, role: "member" }]);
}
