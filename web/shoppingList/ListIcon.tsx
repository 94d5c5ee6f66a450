const PATHS = {
  tick: "M5 12.5l4.5 4.5L19 7",
  more: "M12 5v.5M12 12v.5M12 18.5v.5",
  grip: "M9 6v.5M15 6v.5M9 12v.5M15 12v.5M9 18v.5M15 18v.5",
  trolley: "M3 5h2l2.5 10h9.5l2.5-7H6.5M9 19.5v.5M16 19.5v.5",
} as const;

/** A drawing of the shopping list. */
export function ListIcon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
