import { useLocation } from "preact-iso/router";
import { session } from "../store/session.ts";
import { SignOutButton } from "./SignOutButton.tsx";

const LINKS = [
  { href: "/", name: "This week", covers: (path: string) => path === "/" || path.startsWith("/plans/") },
  { href: "/recipes", name: "Recipes", covers: (path: string) => path.startsWith("/recipes") },
  { href: "/households", name: "Households", covers: (path: string) => path.startsWith("/households") },
] as const;

/** The banner: where one can go, and who one is. */
export function AppHeader() {
  const { path } = useLocation();
  const { kind } = session.value;
  const known = kind === "signed-in" || kind === "expired";
  return (
    <header class="app-header">
      <a class="skip-link" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <a class="wordmark" href="/">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        Mealcast
      </a>
      {known && (
        <nav class="app-nav" aria-label="Main">
          {LINKS.map(({ href, name, covers }) => (
            <a key={href} href={href} aria-current={covers(path) ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
      )}
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
