import type { ProblemCode } from "../protocol/problem.ts";
import { mayRead } from "../protocol/reader.ts";
import type { Subscription } from "../protocol/subscription.ts";
import type { HubSettings } from "./hubSettings.ts";
import type { LogItem } from "./Log.ts";
import type { Subscribers } from "./Subscribers.ts";

/** Whether there is room for one more. Those who are in stay in: putting the oldest out would only move the queue. */
export function refuseForRoom(
  subscribers: Subscribers,
  { reader }: Subscription,
  settings: HubSettings,
): ProblemCode | null {
  if (subscribers.size >= settings.maxStreams) return "hub-full";
  if (reader.kind === "member" && subscribers.countOf(reader.userId) >= settings.maxStreamsPerUser) {
    return "too-many-streams";
  }
  return null;
}

/**
 * Whether the subscriber may see the item. Whoever resumes has been let in before: he is told that the right is gone,
 * and his browser stops asking. A stranger is told nothing.
 * @param resumes The client names an event id of this very log.
 */
export function refuseForAccess(
  item: LogItem | null,
  { reader }: Subscription,
  resumes: boolean,
  now: number,
): ProblemCode | null {
  if (!item?.access) return "not-found";
  if (!mayRead(item.access, reader, now)) return resumes ? "revoked" : "not-found";
  if (item.data === null && !resumes) return "not-found";
  return null;
}
