import { RpcTarget } from "cloudflare:workers";

import type { Answer } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { LinePatch, NewLine } from "../protocol/shoppingList.ts";
import { addLine } from "./addLine.ts";
import { changeLine } from "./changeLine.ts";
import type { Edit } from "./Edit.ts";
import { type ListFromPlan, listFromPlan } from "./listFromPlan.ts";
import { removeLine } from "./removeLine.ts";
import type { PlannerClient } from "./Store.ts";
import type { WrittenLine } from "./WrittenLine.ts";

/** The queries about shopping lists. A list belongs to a household, and whoever is no member does not see it. */
export class ShoppingLists extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /**
   * Writes a line; writing the same `_id` again changes nothing. Refuses `limit-reached`, and `not-found` also when this
   * edit's line has been removed since.
   */
  add(householdId: string, line: NewLine, edit: Edit): Promise<Answer<WrittenLine>> {
    return this.#client.run("lists.add", (store) => addLine(store, householdId, line, edit));
  }

  /** Changes the given fields of a line. Refuses `not-found`, `changed-meanwhile`. */
  change(householdId: string, lineId: string, patch: LinePatch, edit: Edit): Promise<Answer<WrittenLine>> {
    return this.#client.run("lists.change", (store) => changeLine(store, householdId, lineId, patch, edit));
  }

  /**
   * Makes the list from a plan of the household, or makes it anew. Refuses `not-found`, `limit-reached`, `conflict`; then
   * nothing has changed.
   */
  makeFromPlan(householdId: string, planId: string, edit: Edit): Promise<Answer<ListFromPlan>> {
    return this.#client.run("lists.makeFromPlan", (store) => listFromPlan(store, householdId, planId, edit));
  }

  /** Takes a line off the list. Answers what is to be published. Refuses `not-found`. */
  remove(householdId: string, lineId: string, edit: Edit): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("lists.remove", (store) => removeLine(store, householdId, lineId, edit));
  }
}
