import type { EventOutcome } from "../../protocol/changeEvent.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import type { Grant, Update } from "../../protocol/update.ts";
import type { Version } from "../../protocol/version.ts";
import type { LogLife } from "./Pulse.ts";
import type { Topic } from "./Topic.ts";

export type Outcome = Exclude<EventOutcome, "ignored">;

/** What differs between hubs of the two kinds of streams. */
export interface HubPart {
  readonly topic: Topic;
  readonly life: LogLife;
  /** Reads the topic from the database. Answers why it could not, or `null`. */
  read(): Promise<ProblemCode | null>;
  /** Takes in updates of items. */
  publish(updates: readonly Update[]): Outcome[];
  /** Takes in whom the granting document lets in. */
  takeGrant(grant: Grant): void;
  /** Whether a change is known already. */
  knows(version: Version): boolean;
}

/** What each kind's part is given. */
export interface HubPartOptions {
  readonly ctx: DurableObjectState;
  readonly name: string;
  readonly key: string;
  readonly now: () => number;
  readonly newEpoch: () => string;
  readonly onChange: () => void;
  readonly onBehind: () => void;
}
