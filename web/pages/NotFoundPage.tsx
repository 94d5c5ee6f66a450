import { NothingHere } from "../components/NothingHere.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <NothingHere title="There is no such page">
      The address is wrong, or a part of it was lost on the way. Nothing of yours is gone.
    </NothingHere>
  );
}
