import { useEffect } from "preact/hooks";
import { ensureSession, session } from "../store/session.ts";

const WAYS = [
  { href: "/", name: "This week" },
  { href: "/recipes", name: "Recipes" },
  { href: "/households", name: "Households" },
] as const;

/** Where to go from a page that has nothing. */
export function WaysOn() {
  useEffect(ensureSession, []);
  const isKnown = "user" in session.value;
  return (
    <p class="ways-on">
      {(isKnown ? WAYS : [{ href: "/", name: "Go to Mealcast" }]).map(({ href, name }, index) => (
        <a key={href} class={index === 0 ? "button primary" : "button"} href={href}>
          {name}
        </a>
      ))}
    </p>
  );
}
