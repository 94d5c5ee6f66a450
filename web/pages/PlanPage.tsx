import { MemberPlan } from "../components/MemberPlan.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { WithId } from "../components/WithId.tsx";

/** A week of a household, for its members. */
export function PlanPage() {
  return (
    <WithId>
      {(id) => <RequireUser>{(user) => <MemberPlan key={id} planId={id} user={user} />}</RequireUser>}
    </WithId>
  );
}
