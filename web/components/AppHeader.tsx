import { useLocation } from "preact-iso/router";
import { session } from "../store/session.ts";
import { MainNavigation } from "./MainNavigation.tsx";
import { SignOutButton } from "./SignOutButton.tsx";
import { Wordmark } from "./Wordmark.tsx";

/** The banner: where one can go, and who one is. */
export function AppHeader() {
  const { kind } = session.value;
  const known = kind === "signed-in" || kind === "expired";
  return (
    <header class="app-header">
      <a class="skip-link" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <Wordmark />
      {known && <MainNavigation />}
      <Account />
    </header>
  );
}

/** The address must stay as it is: behind a # there may be the token of a share link. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

function Account() {
  const { path } = useLocation();
  const current = session.value;
  if (current.kind === "signed-out" && path !== "/login") {
    return (
      <a class="button quiet account" href="/login">
        Sign in
      </a>
    );
  }
  if (current.kind !== "signed-in" && current.kind !== "expired") return null;
  return (
    <div class="account">
      <a class="account-name" href="/account" title="Your account">
        {current.user.name}
      </a>
      <SignOutButton />
    </div>
  );
}
