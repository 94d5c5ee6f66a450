/** How much there may be of everything that people make. One more is refused with `limit-reached`. */
export const QUOTAS = {
  /** That somebody owns or is a member of. */
  householdsOfUser: 50,
  membersOfHousehold: 50,
  openInvitesOfHousehold: 20,
  /** A member's share of them, so that nobody uses up what all have together. */
  openInvitesOfMember: 10,
  calendarsOfHousehold: 20,
  recipesOfHousehold: 1000,
  /** Of all recipes together, as they are stored: as much as a list answers, and half of what a hub may hold. */
  recipeBytesOfHousehold: 8 * 1024 * 1024,
  /** Of its shopping list. */
  linesOfHousehold: 500,
  /** Ingredients, or steps. */
  linesOfRecipe: 100,
  dishesOfPlan: 200,
  linksOfPlan: 20,
} as const;
