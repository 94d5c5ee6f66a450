/** The name under which the form of a dish keeps what is typed. */
export function entryForm(planId: string, entryId: string): string {
  return `entry/${planId}/${entryId}`;
}

/** The name under which the form of a recipe keeps what is typed. */
export function recipeForm(recipeId: string): string {
  return `recipe/${recipeId}`;
}
