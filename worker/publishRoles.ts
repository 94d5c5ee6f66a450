import type { Change } from "../protocol/change.ts";
import { asksForRoles, changedRoles, type UserRoles } from "../streams/declare/roles.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import { parseTopicName } from "../streams/declare/topicName.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveRequest } from "./appContext.ts";
import { unwrap } from "./errors.ts";
import { askHub } from "./hubClient.ts";
import type { Outcomes } from "./publishChanges.ts";

/**
 * Tells the hubs that stream to users what their roles have become. Telling them again is harmless.
 * @throws ProblemError `hub-unavailable`, `database-unavailable`.
 */
export async function publishRoles(
  c: LiveRequest,
  streams: readonly Stream[],
  accounts: Accounts,
  changes: readonly Change[],
): Promise<Outcomes> {
  const concerned = streams.filter(asksForRoles);
  if (concerned.length === 0) return new Map();
  const outcomes = changes.map(async (change) => {
    const user = changedRoles(change);
    return user && ([change, [await publishOf(c, concerned, accounts, user)]] as const);
  });
  return new Map((await Promise.all(outcomes)).filter((entry) => entry !== null));
}

async function publishOf(
  c: LiveRequest,
  streams: readonly Stream[],
  accounts: Accounts,
  user: UserRoles,
): Promise<"published" | "repeat"> {
  const topics = await accounts.topicsOf(c, user.userId);
  const news = await Promise.all(
    topics
      .filter((topic) => parseTopicName(streams, topic) !== null)
      .map((topic) => askHub(c.env, topic, async (hub) => unwrap(await hub.hearRoles(user)))),
  );
  return news.includes(true) ? "published" : "repeat";
}
