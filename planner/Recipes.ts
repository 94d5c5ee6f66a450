import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";

import { type Answer, good, refused, refusedField } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { Recipe, RecipeFields, RecipePatch } from "../protocol/recipe.ts";
import { versionOfWrite } from "../durable-objects/database/transactions.ts";
import type { Edit } from "./Edit.ts";
import { given } from "./given.ts";
import { addRecipe, recipeIdOf } from "./addRecipe.ts";
import { type PageWish, recipePage, type RecipePage } from "./recipePage.ts";
import { changeOver } from "./recipeQuota.ts";
import { removeRecipe } from "./removeRecipe.ts";
import { applied, changedBy, isApplied, notApplied, rememberingKey, together } from "./rememberedEdits.ts";
import { type WrittenRecipe, writtenRecipe } from "./WrittenRecipe.ts";
import { stillHolds, untilNotOvertaken } from "./overtaken.ts";
import { changedRecipe } from "./recipeChange.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { either } from "../durable-objects/database/either.ts";
import { recipeOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** A recipe to add. `_id` is chosen by a client that may send it twice; `householdId` may be left to the user's only one. */
export interface NewRecipe extends RecipeFields {
  readonly _id?: string | undefined;
  readonly householdId?: string | undefined;
}

/** The queries about recipes. A recipe belongs to a household, and whoever is no member does not see it. */
export class Recipes extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** A page of the recipes of the user's households, the newest first. */
  list(userId: string, wish: PageWish): Promise<Answer<RecipePage>> {
    return this.#client.runLong("recipes.list", userId, async (store) =>
      good(await recipePage(store, await householdsOf(store, userId), wish)),
    );
  }

  /** A page of the recipes of one household, the newest first. Refuses `not-found` to whoever is no member. */
  listOfHousehold(householdId: string, userId: string, wish: PageWish): Promise<Answer<RecipePage>> {
    return this.#client.runLong("recipes.listOfHousehold", userId, async (store) => {
      const mine = await householdsOf(store, userId);
      const household = mine.find((id) => id.toHexString() === householdId);
      return household ? good(await recipePage(store, [household], wish)) : refused("not-found");
    });
  }

  /**
   * Adds a recipe; adding the same `_id` again changes nothing. Refuses `invalid-body`, `limit-reached`, and `not-found`
   * when this edit's recipe has been removed since.
   */
  add(recipe: NewRecipe, edit: Edit): Promise<Answer<WrittenRecipe>> {
    return this.#client.run("recipes.add", async (store) => {
      const { _id, householdId: wanted, ...fields } = recipe;
      const mine = await householdsOf(store, edit.userId);
      const householdId = chooseHousehold(mine, wanted);
      if (!householdId)
        return refusedField("householdId", wanted ? "No household of yours" : "Say which household");
      const document = {
        _id: _id === undefined ? recipeIdOf(edit) : new ObjectId(_id),
        householdId,
        ...fields,
        createdAt: edit.at,
        updatedAt: edit.at,
        changedBy: new ObjectId(edit.userId),
        changedAt: edit.at,
        ...(edit.key !== null && { addedWith: edit.key }),
      };
      return addRecipe(store, document, mine, edit);
    });
  }

  /** Whether a picture's address stands in a recipe of the user's households. */
  hasPicture(image: string, userId: string): Promise<Answer<boolean>> {
    return this.#client.run("recipes.hasPicture", async (store) => {
      const filter = { householdId: { $in: await householdsOf(store, userId) }, image };
      return good((await store.recipes.findOne(filter, { ...TIMED, projection: { _id: 1 } })) !== null);
    });
  }

  /** One recipe. Refuses `not-found`. */
  read(recipeId: string, userId: string): Promise<Answer<Recipe>> {
    return this.#client.run("recipes.read", async (store) =>
      answerOf(await store.recipes.findOne(await visible(store, recipeId, userId), TIMED)),
    );
  }

  /**
   * Changes the given fields. Refuses `not-found`, `changed-meanwhile` where a field is neither what was seen nor what
   * is wanted, `limit-reached`.
   */
  change(recipeId: string, patch: RecipePatch, edit: Edit): Promise<Answer<WrittenRecipe>> {
    return this.#client.run("recipes.change", (store) =>
      untilNotOvertaken(async () => {
        const filter = await visible(store, recipeId, edit.userId);
        const stored = await store.recipes.findOne(filter, TIMED);
        if (!stored) return refused("not-found");
        if (isApplied(stored, "edits", edit))
          return repeated(store, { ...filter, ...applied("edits", edit) });
        const fields = changedRecipe(stored, patch);
        if (!fields.ok) return fields;
        const full = await changeOver(store, stored, { ...stored, ...fields.value });
        if (full) return refused("limit-reached", full);
        const unchanged = stillHolds(stored, Object.keys(given(patch.was ?? {})));
        const update = { $set: { ...fields.value, ...changedBy(edit) } };
        const fitting = { ...filter, ...notApplied("edits", edit), ...unchanged };
        return write(store, fitting, together(update, rememberingKey(stored, edit)), edit);
      }),
    );
  }

  /** Removes a recipe. Dishes on plans keep its title. Answers what is to be published. Refuses `not-found`. */
  remove(recipeId: string, edit: Edit): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("recipes.remove", async (store) =>
      removeRecipe(store, await visible(store, recipeId, edit.userId), edit),
    );
  }
}

async function write(
  store: Store,
  filter: Document,
  update: Document,
  { at }: Edit,
): Promise<Answer<WrittenRecipe> | null> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const options = { session, returnDocument: "after" } as const;
    const written = await store.recipes.findOneAndUpdate(filter, update, options);
    return written && good(writtenRecipe(written, version(), at));
  });
}

async function repeated(store: Store, filter: Document): Promise<Answer<WrittenRecipe> | null> {
  const recipe = await store.recipes.findOne(filter, { ...TIMED, readConcern: { level: "majority" } });
  return recipe && good({ recipe: recipeOf(recipe), changes: [] });
}

async function visible(store: Store, recipeId: string, userId: string): Promise<Document> {
  return { _id: new ObjectId(recipeId), householdId: { $in: await householdsOf(store, userId) } };
}

/** The ids of the households of which the user is a member. */
async function householdsOf({ households }: Store, userId: string): Promise<readonly ObjectId[]> {
  const found = await households
    .find({ "members.userId": either(userId) }, { ...TIMED, projection: { _id: 1 } })
    .toArray();
  return found.map(({ _id }) => _id);
}

function chooseHousehold(mine: readonly ObjectId[], wanted: string | undefined): ObjectId | undefined {
  if (wanted !== undefined) return mine.find((id) => id.toString() === wanted);
  return mine.length === 1 ? mine[0] : undefined;
}

function answerOf(document: Document | null): Answer<Recipe> {
  return document ? good(recipeOf(document)) : refused("not-found");
}
