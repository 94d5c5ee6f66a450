const IDEAS: readonly string[] = [
  "Spaghetti with tomatoes",
  "Lentil soup with lemon",
  "Omelette and salad",
  "Chickpea curry with rice",
  "Roast vegetables and feta",
  "Fish with new potatoes",
  "Bean tacos",
  "Fried rice with egg",
  "Leek and potato soup",
  "Chicken from the tray",
  "Gnocchi with sage",
  "Friday pizza",
];

const DAY_MS = 86_400_000;
const AT_ONCE = 3;

/** Three dinners for a household that has no recipes yet; others on another day. @param today midnight UTC. */
export function dinnerIdeas(today: number): readonly string[] {
  const first = Math.floor(today / DAY_MS) * AT_ONCE;
  return Array.from({ length: AT_ONCE }, (_, index) => IDEAS[(first + index) % IDEAS.length] ?? "");
}
