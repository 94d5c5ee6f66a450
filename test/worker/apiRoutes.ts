import type { Recipe } from "../../protocol/recipe.ts";
import type { Home } from "../support/people.ts";

/** A route of the API with input that it would take. */
export interface ApiRoute {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  /** Without a body the route takes none. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  /** Nobody needs to be signed in. */
  readonly open?: boolean;
}

/** What a home has, for routes to be about. */
export interface Belongings {
  readonly home: Home;
  readonly recipe: Recipe;
  readonly entryId: string;
  readonly shareId: string;
  readonly lineId: string;
}

/** Gives a home a recipe, a dish on its plan, and a share link. */
export async function furnish(home: Home): Promise<Belongings> {
  const { owner, plan } = home;
  const recipe = await owner.json<Recipe>("POST", "/api/recipes", { title: "Soup" });
  const entry = { day: "monday", meal: "dinner", recipeId: recipe._id };
  const { entries } = await owner.json<typeof plan>("POST", `/api/mealplans/${plan._id}/entries`, entry);
  const share = await owner.json<{ _id: string }>("POST", `/api/mealplans/${plan._id}/shares`, {});
  const path = `/api/households/${home.household._id}/list`;
  const line = await owner.json<{ _id: string }>("POST", path, { text: "2 l milk" });
  return { home, recipe, entryId: entries[0]?._id ?? "", shareId: share._id, lineId: line._id };
}

const RECIPE = {
  title: "Bread",
  servings: 2,
  ingredients: [{ quantity: 500, unit: "g", name: "flour" }],
  steps: ["Knead", "Bake"],
  tags: ["basic"],
  image: "https://example.com/bread.jpg",
  source: "Grandmother",
};

const ENTRY = { day: "tuesday", meal: "lunch", title: "Salad", servings: 3, note: "with nuts" };

const LINE = { text: "500 g flour", aisle: "Baking" };

/** As a browser would send them, of a passkey that nobody has. */
const CREDENTIAL = { id: "AAAA", rawId: "AAAA", type: "public-key", clientExtensionResults: {} };
const NEW_RESPONSE = { ...CREDENTIAL, response: { clientDataJSON: "e30", attestationObject: "oA" } };
const SIGNED_RESPONSE = {
  ...CREDENTIAL,
  response: { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" },
};

/** The routes of accounts: the only ones for people who are not signed in. */
export const ACCOUNT_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/users/register",
    body: { email: "new@example.com", name: "New", password: "a long password" },
    required: ["email", "name", "password"],
    open: true,
  },
  {
    method: "POST",
    path: "/api/users/login",
    body: { email: "new@example.com", password: "a long password" },
    required: ["email", "password"],
    open: true,
  },
  {
    method: "POST",
    path: "/api/users/recover",
    body: { email: "new@example.com" },
    required: ["email"],
    open: true,
  },
  {
    method: "POST",
    path: "/api/users/verify",
    body: { token: "x".repeat(43) },
    required: ["token"],
    open: true,
  },
  { method: "POST", path: "/api/users/passkeys/sign-in/options", open: true },
  {
    method: "POST",
    path: "/api/users/passkeys/sign-in",
    body: { response: SIGNED_RESPONSE },
    required: ["response"],
    open: true,
  },
];

/** The routes about an invitation, by a token that nobody has. */
export const INVITE_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/invites/preview",
    body: { token: "x".repeat(43) },
    required: ["token"],
    open: true,
  },
  { method: "POST", path: "/api/invites/accept", body: { token: "x".repeat(43) }, required: ["token"] },
];

/** The routes that list or make a person's own. */
export const OWN_ROUTES: readonly ApiRoute[] = [
  { method: "GET", path: "/api/users/me" },
  {
    method: "PATCH",
    path: "/api/users/me",
    body: { name: "Ada L.", password: "a long password" },
    required: ["password"],
  },
  { method: "GET", path: "/api/users/me/export" },
  {
    method: "POST",
    path: "/api/users/recovery-codes",
    body: { password: "a long password" },
    required: ["password"],
  },
  { method: "GET", path: "/api/users/sessions" },
  { method: "DELETE", path: "/api/users/sessions" },
  {
    method: "POST",
    path: "/api/users/password",
    body: { current: "a long password", next: "another long password" },
    required: ["current", "next"],
  },
  { method: "GET", path: "/api/users/passkeys" },
  { method: "POST", path: "/api/users/passkeys/options" },
  {
    method: "POST",
    path: "/api/users/passkeys",
    body: { name: "Phone", response: NEW_RESPONSE },
    required: ["name", "response"],
  },
  { method: "GET", path: "/api/recipes" },
  { method: "POST", path: "/api/recipes", body: RECIPE, required: ["title"] },
  {
    method: "POST",
    path: "/api/recipes/import",
    body: { url: "https://www.example.com/bread" },
    required: ["url"],
  },
  { method: "GET", path: "/api/households" },
  { method: "POST", path: "/api/households", body: { name: "Second home" }, required: ["name"] },
];

/** What ends all others: the account itself goes. */
export const LAST_ROUTES: readonly ApiRoute[] = [
  {
    method: "DELETE",
    path: "/api/users/me",
    body: { password: "a long password" },
    required: ["password"],
  },
];

/** The routes about one thing of a home, with the ids given. */
export function routesAbout(ids: {
  readonly recipe: string;
  readonly household: string;
  readonly member: string;
  readonly plan: string;
  readonly entry: string;
  readonly share: string;
  readonly line: string;
}): readonly ApiRoute[] {
  const household = `/api/households/${ids.household}`;
  const plan = `/api/mealplans/${ids.plan}`;
  return [
    { method: "GET", path: `/api/recipes/${ids.recipe}` },
    { method: "PATCH", path: `/api/recipes/${ids.recipe}`, body: RECIPE },
    { method: "DELETE", path: `/api/recipes/${ids.recipe}` },
    { method: "GET", path: household },
    { method: "PATCH", path: household, body: { name: "Renamed" } },
    { method: "POST", path: `${household}/list`, body: LINE, required: ["text"] },
    { method: "POST", path: `${household}/list/from-plan`, body: { planId: ids.plan }, required: ["planId"] },
    { method: "PATCH", path: `${household}/list/${ids.line}`, body: { ...LINE, done: true } },
    { method: "DELETE", path: `${household}/list/${ids.line}` },
    { method: "DELETE", path: household },
    { method: "POST", path: `${household}/invites` },
    { method: "GET", path: `${household}/invites` },
    { method: "POST", path: `${household}/calendars` },
    { method: "GET", path: `${household}/calendars` },
    {
      method: "PATCH",
      path: `${household}/members/${ids.member}`,
      body: { role: "owner" },
      required: ["role"],
    },
    { method: "POST", path: `${household}/members/${ids.member}/vouch` },
    { method: "DELETE", path: `${household}/members/${ids.member}` },
    { method: "GET", path: `${household}/recipes/export` },
    { method: "GET", path: `${household}/mealplans` },
    { method: "GET", path: `${household}/mealplans?week=2026-W50` },
    { method: "GET", path: plan },
    { method: "GET", path: `${plan}/activity` },
    { method: "POST", path: `${plan}/entries`, body: ENTRY, required: ["day", "meal", "title"] },
    { method: "PATCH", path: `${plan}/entries/${ids.entry}`, body: ENTRY },
    { method: "DELETE", path: `${plan}/entries/${ids.entry}` },
    { method: "GET", path: `${plan}/shares` },
    { method: "POST", path: `${plan}/shares`, body: { expiresAt: "2100-01-01T00:00:00Z" } },
    { method: "DELETE", path: `${plan}/shares/${ids.share}` },
  ];
}

/** The routes about the belongings of a home. */
export function routesOf({ home, recipe, entryId, shareId, lineId }: Belongings): readonly ApiRoute[] {
  return routesAbout({
    recipe: recipe._id,
    household: home.household._id,
    member: home.owner.user._id,
    plan: home.plan._id,
    entry: entryId,
    share: shareId,
    line: lineId,
  });
}
