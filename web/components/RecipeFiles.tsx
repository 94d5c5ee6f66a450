/** The recipes of a household as files, to keep or to take elsewhere. */
export function RecipeFiles({ householdId }: { readonly householdId: string }) {
  const url = `/api/households/${encodeURIComponent(householdId)}/recipes/export`;
  return (
    <section class="card">
      <h2>Take your recipes with you</h2>
      <p>All recipes of this household in one file.</p>
      <div class="actions">
        <a class="button" href={`${url}?format=json`} download>
          Save for Mealcast
        </a>
        <a class="button" href={`${url}?format=schema.org`} download>
          Save for other cookbooks
        </a>
      </div>
    </section>
  );
}
