import { good, type Answer } from "../../protocol/answer.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import { asksForRoles, type UserRoles } from "../../streams/declare/roles.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { Subscriber } from "./Subscriber.ts";
import type { Topic } from "./Topic.ts";

/** How many users are remembered whose roles have changed: more than can while one stream is on its way here. */
const REMEMBERED = 1000;

/** Finds the roles that users have now, by their ids. */
type ReadRoles = (userIds: readonly string[]) => Promise<Answer<Readonly<Record<string, readonly string[]>>>>;

interface RoleWatchOptions {
  readonly stream: Stream;
  readonly topic: Topic;
  readonly readRoles: ReadRoles;
}

interface KnownUser extends UserRoles {
  readonly subscriber: Subscriber;
}

/** Sees to it that streams which are open go by the roles that their readers have now. */
export class RoleWatch {
  readonly #options: RoleWatchOptions;
  /** What was heard of users last, as text. */
  readonly #heard = new Map<string, string>();

  constructor(options: RoleWatchOptions) {
    this.#options = options;
  }

  /** Compares everybody who watches with the database. Answers why it could not, or `null`. */
  async check(): Promise<ProblemCode | null> {
    const answer = await this.#compare([...this.#users()]);
    return answer.ok ? null : answer.code;
  }

  /**
   * Hears which roles a user has been given. What is heard may be old, so it only makes the hub ask. Answers
   * whether it was news to anybody.
   */
  async hear({ userId, roles }: UserRoles): Promise<Answer<boolean>> {
    this.#remember(userId, textOf(roles));
    const isOther = (user: KnownUser) => user.userId === userId && textOf(user.roles) !== textOf(roles);
    return this.#compare([...this.#users()].filter(isOther));
  }

  /** Looks at somebody who has just come: his roles may have changed while he was on his way. */
  async welcome({ reader }: Subscription): Promise<void> {
    if (reader.kind !== "user") return;
    const heard = this.#heard.get(reader.userId);
    if (heard === undefined || heard === textOf(reader.roles)) return;
    await this.#compare([...this.#users()].filter(({ userId }) => userId === reader.userId));
  }

  *#users(): Iterable<KnownUser> {
    const { stream, topic } = this.#options;
    if (!asksForRoles(stream)) return;
    for (const subscriber of topic.subscribers) {
      const { reader } = subscriber.subscription;
      if (reader.kind === "user") yield { ...reader, subscriber };
    }
  }

  /** Answers whether anybody had other roles than the database says. */
  async #compare(users: readonly KnownUser[]): Promise<Answer<boolean>> {
    if (users.length === 0) return good(false);
    const answer = await this.#options.readRoles([...new Set(users.map(({ userId }) => userId))]);
    if (!answer.ok) return answer;
    const rolesOf = (userId: string) => answer.value[userId] ?? [];
    const changed = users.filter(({ userId, roles }) => textOf(rolesOf(userId)) !== textOf(roles));
    for (const { subscriber, userId } of changed) {
      this.#judge(subscriber, { userId, roles: rolesOf(userId) });
    }
    return good(changed.length > 0);
  }

  /** Who may still watch begins anew as what he is now. What has happened stays as he was told of it. */
  #judge(subscriber: Subscriber, user: UserRoles): void {
    const { subscribers, content } = this.#options.topic;
    subscriber.readAs({ kind: "user", ...user });
    if (subscribers.checkRight(subscriber) && !content.range.isHistory) {
      subscribers.startOver(subscriber, "new-rights");
    }
  }

  #remember(userId: string, roles: string): void {
    this.#heard.delete(userId);
    this.#heard.set(userId, roles);
    const [oldest] = this.#heard.keys();
    if (oldest !== undefined && this.#heard.size > REMEMBERED) this.#heard.delete(oldest);
  }
}

function textOf(roles: readonly string[]): string {
  return JSON.stringify(roles);
}
