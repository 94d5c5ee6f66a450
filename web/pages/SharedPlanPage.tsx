import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { GuestPlan } from "../components/GuestPlan.tsx";
import { WithId } from "../components/WithId.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";

/** A week of a household, read-only, for whoever has a share link. The token stays behind the #, out of every log. */
export function SharedPlanPage() {
  const token = useSignal(location.hash.slice(1));
  useEffect(() => {
    const changed = () => (token.value = location.hash.slice(1));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  if (token.value === "") return <NotFoundPage />;
  return (
    <WithId>{(id) => <GuestPlan key={`${id}#${token.value}`} planId={id} token={token.value} />}</WithId>
  );
}
