import { readHousehold } from "../api/households.ts";
import { topicUrl } from "../api/streams.ts";
import { Cookbook } from "./Cookbook.ts";
import { Kept } from "./Kept.ts";
import { LiveItems } from "./LiveItems.ts";
import { MyHouseholds } from "./MyHouseholds.ts";
import { userId } from "./session.ts";

/** The households of each user (one at a time, in fact), by user id. */
export const householdsOf = new Kept((user) => new MyHouseholds(user));

/** The recipes of each user's households, by user id. */
export const cookbooksOf = new Kept(
  (user) => new Cookbook(user, householdsOf.get(user), () => householdsOf.use(user)),
);

/** A single household by its id, whether it is the user's or not. */
export const householdById = new Kept(
  (id) =>
    new LiveItems({
      url: topicUrl("households", id),
      tabGroup: `${userId.peek()}:households/${id}`,
      transport: "sse",
      parse: readHousehold,
      known: null,
    }),
);
