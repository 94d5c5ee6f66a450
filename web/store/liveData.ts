import { readHousehold } from "../api/households.ts";
import { topicUrl } from "../api/streams.ts";
import { Kept } from "./Kept.ts";
import { LiveItems } from "./LiveItems.ts";
import { MyHouseholds } from "./MyHouseholds.ts";

/** The households of each user (one at a time, in fact), by user id. */
export const householdsOf = new Kept((user) => new MyHouseholds(user));

/** A single household as a user sees it, whether it is theirs or not, by `householdKey`. */
export const householdFor = new Kept((key) => {
  const [user = "", id = ""] = key.split("/");
  return new LiveItems({
    url: topicUrl("households", id),
    tabGroup: `${user}:households/${id}`,
    transport: "sse",
    parse: readHousehold,
    known: null,
  });
});

/** Names a household and who looks at it: what one may see is not for the other. */
export function householdKey(userId: string, householdId: string): string {
  return `${userId}/${householdId}`;
}
