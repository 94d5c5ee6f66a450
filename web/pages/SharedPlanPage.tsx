import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { GuestPlan } from "../components/GuestPlan.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";

/** A week of a household, read-only, for whoever has a share link. The token stays behind the #, out of every log. */
export function SharedPlanPage() {
  const { params } = useRoute();
  const token = useSignal(location.hash.slice(1));
  useEffect(() => {
    const changed = () => (token.value = location.hash.slice(1));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  const id = params["id"] ?? "";
  if (token.value === "") return <NotFoundPage />;
  return <GuestPlan key={`${id}#${token.value}`} planId={id} token={token.value} />;
}
