import { useLocation } from "preact-iso/router";
import { BookIcon, ListIcon, PeopleIcon, WeekIcon } from "./icons.tsx";

const LINKS = [
  { href: "/", long: "This week", short: "Week", covers: isWeek, Icon: WeekIcon },
  { href: "/list", long: "Shopping list", short: "List", covers: under("/list"), Icon: ListIcon },
  { href: "/recipes", long: "Recipes", short: "Recipes", covers: under("/recipes"), Icon: BookIcon },
  {
    href: "/households",
    long: "Households",
    short: "People",
    covers: under("/households"),
    Icon: PeopleIcon,
  },
] as const;

/** Where one can go: beside the name, and on a phone at the thumb. */
export function MainNavigation() {
  const { path } = useLocation();
  return (
    <nav class="app-nav" aria-label="Main">
      {LINKS.map(({ href, long, short, covers, Icon }) => (
        <a key={href} href={href} aria-current={covers(path) ? "page" : undefined}>
          <Icon />
          <span class="long">{long}</span>
          <span class="short">{short}</span>
        </a>
      ))}
    </nav>
  );
}

function isWeek(path: string): boolean {
  return path === "/" || path.startsWith("/plans/");
}

function under(start: string): (path: string) => boolean {
  return (path) => path.startsWith(start);
}
