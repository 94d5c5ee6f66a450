import * as z from "zod";

import { editHeadersSchema } from "../../worker/schemas/editHeaders.ts";
import {
  newRecipeSchema,
  pictureQuerySchema,
  recipeChangeSchema,
  recipeExportSchema,
  recipeImportSchema,
  recipePageSchema,
} from "../../worker/schemas/recipe.ts";
import {
  importedRecipeDocument,
  recipeDocument,
  recipeFileDocument,
  recipeGraphDocument,
} from "../documents/recipe.ts";
import { json, nothing, READING, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Recipes";

const PICTURE_TYPES = ["image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"] as const;

const bytes = z.string().meta({ format: "binary" });

const recipe = json(200, "The recipe.", recipeDocument);

/** What `worker/routes/recipes.ts` answers. */
export const recipeOperations: readonly ApiOperation[] = [
  {
    id: "listRecipes",
    tag,
    method: "get",
    path: "/api/recipes",
    summary: "The recipes of all your households",
    description:
      "By title, as long as they are less than 8 MiB. With `limit` or `after` in pages, the newest first. Where there are " +
      "more, `Link` tells the next page.",
    caller: "user",
    query: recipePageSchema,
    answers: [
      {
        ...json(200, "Your recipes.", z.array(recipeDocument)),
        headers: { Link: 'The next page, with `rel="next"`, where there is one.' },
      },
    ],
    refuses: READING,
  },
  {
    id: "readPicture",
    tag,
    method: "get",
    path: "/api/pictures",
    summary: "A recipe's picture that is on another host",
    description:
      "Only of an address that stands in a recipe of your households: that host learns nothing of you. AVIF, GIF, JPEG, " +
      "PNG or WebP of at most 5 MiB, on a host with a public name.",
    caller: "user",
    query: pictureQuerySchema,
    answers: [
      {
        status: 200,
        description: "The picture.",
        content: Object.fromEntries(PICTURE_TYPES.map((type) => [type, bytes])),
        headers: { "Cache-Control": "For a day." },
      },
    ],
    refuses: [...READING, "not-found", "too-many-attempts", "picture-unavailable"],
  },
  {
    id: "addRecipe",
    tag,
    method: "post",
    path: "/api/recipes",
    summary: "Add a recipe",
    description: "Whoever is a member of one household only need not say which.",
    caller: "user",
    body: newRecipeSchema,
    answers: [{ ...recipe, status: 201 }],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "limit-reached", "not-found"],
  },
  {
    id: "importRecipe",
    tag,
    method: "post",
    path: "/api/recipes/import",
    summary: "Read a recipe from a web page or a text",
    description:
      "Keeps nothing: a person looks it over and adds it. Give either `url` or `text`. A page is read from what it tells " +
      "programs, schema.org's Recipe in JSON-LD or microdata; its host learns nothing of you; at most 4 MiB of HTML, on a " +
      "host with a public name. A text is read by its headings, amounts and numbers, in English or German.",
    caller: "user",
    body: recipeImportSchema,
    answers: [json(200, "What was found.", importedRecipeDocument)],
    refuses: ["no-recipe-found", "too-many-attempts", "page-unreachable"],
  },
  {
    id: "exportRecipes",
    tag,
    method: "get",
    path: "/api/households/{id}/recipes/export",
    summary: "All recipes of a household, as a file",
    description: "It is written while it is read. One that breaks off is no JSON: ask again.",
    caller: "user",
    query: recipeExportSchema,
    answers: [
      {
        status: 200,
        description: "The file.",
        content: { "application/json": recipeFileDocument, "application/ld+json": recipeGraphDocument },
        headers: { "Content-Disposition": "A name for the file." },
      },
    ],
    refuses: [...READING, "not-found"],
  },
  {
    id: "readRecipe",
    tag,
    method: "get",
    path: "/api/recipes/{id}",
    summary: "A recipe",
    caller: "user",
    answers: [recipe],
    refuses: [...READING, "not-found"],
  },
  {
    id: "changeRecipe",
    tag,
    method: "patch",
    path: "/api/recipes/{id}",
    summary: "Change a recipe",
    description:
      "Only the fields that are sent change; there must be one. `was` tells what you saw in them: when one holds " +
      "something else now that is not what you want, nothing changes, and the refusal tells the recipe as it is. " +
      "Ingredients and steps take in the lines that others have changed since.",
    caller: "user",
    body: recipeChangeSchema,
    answers: [recipe],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "changed-meanwhile", "limit-reached"],
  },
  {
    id: "removeRecipe",
    tag,
    method: "delete",
    path: "/api/recipes/{id}",
    summary: "Delete a recipe",
    description: "Dishes that were planned with it stay on their plans.",
    caller: "user",
    answers: [nothing("It is gone.")],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found"],
  },
];
