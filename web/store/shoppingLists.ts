import { Kept } from "./Kept.ts";
import { ShoppingList } from "./ShoppingList.ts";

/** The shopping lists that are on the page, by `householdKey`. */
export const shoppingListsOf = new Kept((key) => {
  const [user = "", household = ""] = key.split("/");
  return new ShoppingList(user, household);
});
