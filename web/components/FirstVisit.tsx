import "../styles/firstVisit.css";
import { DemoWeek } from "./DemoWeek.tsx";

/** For whoever comes without an account: what this is, and a look at it. */
export function FirstVisit() {
  return (
    <div class="first-visit">
      <div class="first-visit-words">
        <h1>Plan the week’s meals, all at one table.</h1>
        <p class="first-visit-lead">
          Everyone in your household sees the same week, and every change is on every phone at once.
        </p>
        <p class="first-visit-ways">
          <a class="button primary" href="/register">
            Create an account
          </a>
          <a class="button" href="/login">
            Sign in
          </a>
        </p>
        <p class="hint">Nothing to install. Your first dinner is planned in a minute.</p>
      </div>
      <div class="first-visit-week">
        <DemoWeek />
      </div>
    </div>
  );
}
