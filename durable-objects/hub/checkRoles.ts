import type { Answer } from "../../protocol/answer.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { Subscribers } from "./Subscribers.ts";

/** Finds the roles that users have now, by their ids. */
export type ReadRoles = (
  userIds: readonly string[],
) => Promise<Answer<Readonly<Record<string, readonly string[]>>>>;

/**
 * Sends those away whose roles are no longer what they were when they came: they come back as what they are now, or are
 * told that the right is gone.
 */
export async function checkRoles(
  { readers }: Stream,
  subscribers: Subscribers,
  readRoles: ReadRoles,
): Promise<void> {
  if (!readers.some(({ by }) => by === "role")) return;
  const users = [...subscribers].flatMap((subscriber) => {
    const { reader } = subscriber.subscription;
    return reader.kind === "user" ? [{ subscriber, reader }] : [];
  });
  if (users.length === 0) return;
  const answer = await readRoles([...new Set(users.map(({ reader }) => reader.userId))]);
  if (!answer.ok) return;
  for (const { subscriber, reader } of users) {
    const roles = answer.value[reader.userId] ?? [];
    if (roles.join() !== reader.roles.join())
      subscribers.close(subscriber, { event: "bye", reason: "retired" });
  }
}
