import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { householdUrl } from "./households.ts";
import { list, numberOrNull, record, text, textOrNull } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

/** Puts a line on a household's list; sending the same id twice adds it once. */
export function addLine(householdId: string, line: ShoppingLine, key: string): Promise<Result<ShoppingLine>> {
  const { _id, text: words, aisle, updatedAt } = line;
  // Where to find what was never stored, the server knows better: it has learned it from the household.
  const body = { _id, text: words, ...(updatedAt && aisle && { aisle }) };
  return request(listUrl(householdId), readLine, { method: "POST", body, key });
}

/** @param patch with `was`, what the user saw in the fields that change. */
export function changeLine(
  householdId: string,
  lineId: string,
  patch: object,
  key: string,
): Promise<Result<ShoppingLine>> {
  return request(lineUrl(householdId, lineId), readLine, { method: "PATCH", body: patch, key });
}

export function removeLine(householdId: string, lineId: string, key: string): Promise<Result<null>> {
  return request(lineUrl(householdId, lineId), nothing, { method: "DELETE", key });
}

/** Puts on the list what the dishes of a plan need. Nothing that is ticked is unticked by it. */
export function fillFromPlan(householdId: string, planId: string, key: string): Promise<Result<null>> {
  const url = `${listUrl(householdId)}/from-plan`;
  return request(url, nothing, { method: "POST", body: { planId }, key });
}

/** Reads a line of a shopping list. Never fails. */
export function readLine(value: unknown): ShoppingLine {
  const line = record(value);
  const name = text(line["name"]).trim();
  return {
    _id: text(line["_id"]),
    householdId: text(line["householdId"]),
    text: text(line["text"]).trim() || name,
    quantity: numberOrNull(line["quantity"]),
    unit: text(line["unit"]),
    name,
    aisle: text(line["aisle"]),
    done: line["done"] === true,
    doneBy: textOrNull(line["doneBy"]),
    dishes: list(line["dishes"]).map(text).filter(Boolean),
    createdAt: text(line["createdAt"]),
    updatedAt: text(line["updatedAt"]),
    changedAt: textOrNull(line["changedAt"]),
  };
}

function listUrl(householdId: string): string {
  return `${householdUrl(householdId)}/list`;
}

function lineUrl(householdId: string, lineId: string): string {
  return `${listUrl(householdId)}/${encodeURIComponent(lineId)}`;
}
