import { DAYS, MEALS, type EntryFields } from "../../protocol/mealPlan.ts";
import type { RecipeFields } from "../../protocol/recipe.ts";
import { readHousehold } from "../api/households.ts";
import { readEntry } from "../api/readMealPlan.ts";
import { numberOrNull, record, text, textOrNull } from "../api/reading.ts";
import { readRecipe } from "../api/recipes.ts";
import { readRefusal } from "../api/request.ts";
import { readLine } from "../api/shoppingLists.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import type { EntryEdit, HouseholdFields, LineFields, ListEdit, RecipeEdit, Work } from "./work.ts";

/**
 * Reads an edit that this device kept; an older or newer page may have written it.
 * @returns `null` for one that makes no sense here.
 */
export function readQueuedEdit(value: unknown): QueuedEdit | null {
  const row = record(value);
  const key = text(row["key"]);
  const account = text(row["account"]);
  const order = numberOrNull(row["order"]);
  const work = readWork(row["work"]);
  if (!/^[\w-]{1,64}$/.test(key) || account === "" || order === null || work === null) return null;
  return {
    key,
    account,
    order,
    about: text(row["about"]),
    work,
    isUndo: row["isUndo"] === true,
    tries: numberOrNull(row["tries"]) ?? 0,
    refusal: readRefusal(row["refusal"]),
  };
}

function readWork(value: unknown): Work | null {
  const work = record(value);
  if (work["kind"] === "entry") {
    const edit = readEntryEdit(work["edit"]);
    const planId = text(work["planId"]);
    return edit && planId ? { kind: "entry", planId, edit } : null;
  }
  if (work["kind"] === "recipe") {
    const edit = readRecipeEdit(work["edit"]);
    const recipeId = text(work["recipeId"]);
    return edit && recipeId ? { kind: "recipe", recipeId, edit } : null;
  }
  const householdId = text(work["householdId"]);
  if (householdId === "") return null;
  if (work["kind"] === "list") {
    const edit = readListEdit(work["edit"], householdId);
    return edit && { kind: "list", householdId, edit };
  }
  return work["kind"] === "household" ? readHouseholdWork(householdId, work) : null;
}

/** An older version of the page kept a name beside the one that was seen, and knew of nothing else to change. */
function readHouseholdWork(householdId: string, work: Readonly<Record<string, unknown>>): Work | null {
  const edit = record(work["edit"]);
  const isOld = "name" in work;
  const change = householdFields(isOld ? { name: work["name"] } : edit["change"]);
  const seen = householdFields(isOld && work["seen"] ? { name: work["seen"] } : edit["seen"]);
  return isSome(change) ? { kind: "household", householdId, edit: { kind: "change", change, seen } } : null;
}

function householdFields(value: unknown): Partial<HouseholdFields> {
  const { name, aisles, staples } = readHousehold(value);
  return given({ name, aisles, staples }, value);
}

function readListEdit(value: unknown, householdId: string): ListEdit | null {
  const edit = record(value);
  const lineId = text(edit["lineId"]);
  const week = text(edit["week"]);
  if (edit["kind"] === "fill") return week ? { kind: "fill", week } : null;
  const line = { ...readLine(edit["line"]), householdId };
  if (edit["kind"] === "add") return line._id && line.text ? { kind: "add", line } : null;
  if (lineId === "") return null;
  const seen = given(readLine(edit["seen"]), edit["seen"]);
  if (edit["kind"] === "remove") return { kind: "remove", lineId, seen };
  const change = given(lineFields(edit["change"]), edit["change"]);
  return edit["kind"] === "change" && isSome(change) ? { kind: "change", lineId, change, seen } : null;
}

function lineFields(value: unknown): LineFields {
  const { text: words, aisle, done } = readLine(value);
  return { text: words, aisle, done };
}

function readEntryEdit(value: unknown): EntryEdit | null {
  const edit = record(value);
  const entry = readEntry(edit["entry"], 0);
  const entryId = text(edit["entryId"]);
  if (edit["kind"] === "add" && text(record(edit["entry"])["_id"]) !== "") return { kind: "add", entry };
  if (entryId === "") return null;
  const seen = given(readEntry(edit["seen"], 0), edit["seen"]);
  if (edit["kind"] === "remove") return { kind: "remove", entryId, seen };
  const change = readEntryChange(edit["change"]);
  return edit["kind"] === "change" && isSome(change) ? { kind: "change", entryId, change, seen } : null;
}

/** The fields of a change of a dish that have a value of their kind. */
function readEntryChange(value: unknown): Partial<EntryFields> {
  const change = record(value);
  const day = DAYS.find((one) => one === change["day"]);
  const meal = MEALS.find((one) => one === change["meal"]);
  const servings = numberOrNull(change["servings"]);
  return {
    ...(day && { day }),
    ...(meal && { meal }),
    ...("recipeId" in change && { recipeId: textOrNull(change["recipeId"]) }),
    ...("title" in change && { title: text(change["title"]) }),
    ...(servings !== null && { servings }),
    ...("note" in change && { note: text(change["note"]) }),
  };
}

function readRecipeEdit(value: unknown): RecipeEdit | null {
  const edit = record(value);
  const householdId = text(edit["householdId"]);
  const seen = given(readRecipe(edit["seen"]), edit["seen"]);
  if (edit["kind"] === "remove") return { kind: "remove", seen };
  if (edit["kind"] === "add" && householdId !== "") {
    return { kind: "add", householdId, fields: fieldsOfRecipe(edit["fields"]) };
  }
  const change = given(fieldsOfRecipe(edit["change"]), edit["change"]);
  return edit["kind"] === "change" && isSome(change) ? { kind: "change", change, seen } : null;
}

/** What was read, without the fields that were not there to be read. */
function given<Fields extends object>(fields: Fields, value: unknown): Partial<Fields> {
  const names = Object.keys(record(value));
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => names.includes(name)),
  ) as Partial<Fields>;
}

function fieldsOfRecipe(value: unknown): RecipeFields {
  const { title, servings, ingredients, steps, tags, image, source } = readRecipe(value);
  return { title, servings, ingredients, steps, tags, image, source };
}

function isSome(change: object): boolean {
  return Object.keys(change).length > 0;
}
