import { Cookbook } from "./Cookbook.ts";
import { Kept } from "./Kept.ts";
import { householdsOf } from "./liveData.ts";

/** The recipes of each user's households, by user id. */
export const cookbooksOf = new Kept(
  (user) => new Cookbook(user, householdsOf.get(user), () => householdsOf.use(user)),
);
