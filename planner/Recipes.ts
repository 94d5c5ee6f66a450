import { RpcTarget } from "cloudflare:workers";
import { BSON, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused, refusedField } from "../protocol/answer.ts";
import { logLine } from "../protocol/logLine.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { Recipe, RecipeFields, RecipePatch } from "../protocol/recipe.ts";
import type { Version } from "../protocol/version.ts";
import { versionOfWrite } from "../durable-objects/database/transactions.ts";
import type { Edit } from "./Edit.ts";
import { given } from "./given.ts";
import { stillHolds, untilNotOvertaken } from "./overtaken.ts";
import { changedRecipe } from "./recipeChange.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { either } from "../durable-objects/database/either.ts";
import type { StoredRecipe } from "./storedDocuments.ts";
import { changesTo, recipeOf, removalsFrom } from "./wire.ts";

/** A recipe to add. `_id` is chosen by a client that may send it twice; `householdId` may be left to the user's only one. */
export interface NewRecipe extends RecipeFields {
  readonly _id?: string | undefined;
  readonly householdId?: string | undefined;
}

/** A recipe after a write, and what is to be published. */
export interface WrittenRecipe {
  readonly recipe: Recipe;
  readonly changes: readonly ChangeText[];
}

/** How many recipes a household can keep: a list answers them all. */
const MAX_RECIPES = 1000;

/** How much of them a list takes: one object can tell another 32 MiB, and has to hold it several times to do so. */
const LONGEST_LIST_BYTES = 8 * 1024 * 1024;

/** The queries about recipes. A recipe belongs to a household, and whoever is no member does not see it. */
export class Recipes extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** The recipes of the user's households, by title; the newest, should they be more than a list takes. */
  list(userId: string): Promise<Answer<readonly Recipe[]>> {
    return this.#client.run("recipes.list", async (store) => {
      const households = await householdsOf(store, userId);
      const found = await newest(store, { householdId: { $in: households } });
      const recipes = found.map(recipeOf);
      return good(recipes.toSorted((one, other) => one.title.localeCompare(other.title)));
    });
  }

  /** Adds a recipe; adding the same `_id` again changes nothing. Refuses `invalid-body`, `limit-reached`, `conflict`. */
  add(recipe: NewRecipe, userId: string, now: Date): Promise<Answer<WrittenRecipe>> {
    return this.#client.run("recipes.add", async (store) => {
      const { _id, householdId: wanted, ...fields } = recipe;
      const mine = await householdsOf(store, userId);
      const householdId = chooseHousehold(mine, wanted);
      if (!householdId)
        return refusedField("householdId", wanted ? "No household of yours" : "Say which household");
      const document = { _id: new ObjectId(_id), householdId, ...fields, createdAt: now, updatedAt: now };
      return insert(store, document, mine);
    });
  }

  /** One recipe. Refuses `not-found`. */
  read(recipeId: string, userId: string): Promise<Answer<Recipe>> {
    return this.#client.run("recipes.read", async (store) =>
      answerOf(await store.recipes.findOne(await visible(store, recipeId, userId))),
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
        const stored = await store.recipes.findOne(filter);
        if (!stored) return refused("not-found");
        const fields = changedRecipe(stored, patch);
        if (!fields.ok) return fields;
        const unchanged = stillHolds(stored, Object.keys(given(patch.was ?? {})));
        return write(store, { ...filter, ...unchanged }, { $set: fields.value }, edit);
      }),
    );
  }

  /** Removes a recipe. Dishes on plans keep its title. Answers what is to be published. Refuses `not-found`. */
  remove(recipeId: string, userId: string, now: Date): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("recipes.remove", async (store) => {
      const filter = await visible(store, recipeId, userId);
      return store.client.withSession(async (session) => {
        const version = versionOfWrite(store, session);
        const removed = await store.recipes.findOneAndDelete(filter, { session });
        if (!removed) return refused("not-found");
        return good(removalsFrom("recipes", [removed], version(), now.getTime()));
      });
    });
  }
}

async function newest({ recipes }: Store, filter: Document): Promise<readonly Document[]> {
  const found: Document[] = [];
  let bytes = 0;
  for await (const document of recipes.find(filter).sort({ _id: -1 })) {
    bytes += BSON.calculateObjectSize(document);
    if (bytes > LONGEST_LIST_BYTES) {
      logLine("warn", "list-cut", { collection: "recipes", shown: found.length });
      break;
    }
    found.push(document);
  }
  return found;
}

async function insert(
  store: Store,
  document: StoredRecipe,
  mine: readonly ObjectId[],
): Promise<Answer<WrittenRecipe>> {
  const { _id, householdId } = document;
  const kept = await store.recipes.countDocuments({ householdId, _id: { $ne: _id } }, { limit: MAX_RECIPES });
  if (kept >= MAX_RECIPES)
    return refused("limit-reached", `A household keeps at most ${MAX_RECIPES} recipes`);
  try {
    return await store.client.withSession(async (session) => {
      const version = versionOfWrite(store, session);
      await store.recipes.insertOne(document, { session });
      return good(writtenRecipe(document, version(), document.createdAt));
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const earlier = await store.recipes.findOne({ _id, householdId: { $in: mine } });
  if (!earlier) return refused("conflict", "There is a document with this _id");
  return good({ recipe: recipeOf(earlier), changes: [] });
}

async function write(
  store: Store,
  filter: Document,
  { $set }: { readonly $set: Document },
  { at }: Edit,
): Promise<Answer<WrittenRecipe> | null> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const options = { session, returnDocument: "after" } as const;
    const update = { $set: { ...$set, updatedAt: at } };
    const written = await store.recipes.findOneAndUpdate(filter, update, options);
    return written && good(writtenRecipe(written, version(), at));
  });
}

function writtenRecipe(document: Document, version: Version | null, now: Date): WrittenRecipe {
  return { recipe: recipeOf(document), changes: changesTo("recipes", [document], version, now.getTime()) };
}

async function visible(store: Store, recipeId: string, userId: string): Promise<Document> {
  return { _id: new ObjectId(recipeId), householdId: { $in: await householdsOf(store, userId) } };
}

/** The ids of the households of which the user is a member. */
async function householdsOf({ households }: Store, userId: string): Promise<readonly ObjectId[]> {
  const found = await households
    .find({ "members.userId": either(userId) }, { projection: { _id: 1 } })
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
