import { useRoute } from "preact-iso/router";
import { MemberPlan } from "../components/MemberPlan.tsx";
import { RequireUser } from "../components/RequireUser.tsx";

/** A week of a household, for its members. */
export function PlanPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "";
  return <RequireUser>{(user) => <MemberPlan key={id} planId={id} user={user} />}</RequireUser>;
}
