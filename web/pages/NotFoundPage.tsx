import { usePageTitle } from "../components/usePageTitle.ts";

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <section class="narrow card">
      <h1>There is no such page</h1>
      <p>
        <a href="/">Go to this week's plan</a>
      </p>
    </section>
  );
}
