import type { EntryAnswer, Entered, EntryOutcome, EntryWish } from "../durable-objects/Entrance.ts";
import type { Identity, LiveRequest } from "./appContext.ts";

/** How an app knows who is asking. An app without accounts has `noAccounts`. */
export interface Accounts {
  /** Who asks, by a session that is open; `null` for nobody. */
  identify(c: LiveRequest): Promise<Identity | null>;
  /** Who asks, by a session that may have ended: whoever goes on to `enter` is told there. */
  claimed(c: LiveRequest): Promise<Identity | null>;
  /** The topics that a user may be streaming from, in whichever session. */
  topicsOf(c: LiveRequest, userId: string): Promise<readonly string[]>;
  /**
   * Asked before a hub is woken for a holder, also whether his session is open. Then `settle` tells what came of it, but
   * for a yes to what is noted.
   * @param holder The name of the object that counts for him: his user id, or what stands for a guest's address.
   */
  enter(c: LiveRequest, holder: string, wish: EntryWish): Promise<EntryAnswer>;
  /**
   * Tells what came of an entry. A stream that was opened is noted with its session, and ends with it. Answers whether
   * that is open still: if it is not, nobody will close that stream but the caller.
   */
  settle(c: LiveRequest, holder: string, entered: Entered, outcome: EntryOutcome): Promise<boolean>;
}

/** For apps whose readers need not say who they are. */
export const noAccounts: Accounts = {
  identify: () => Promise.resolve(null),
  topicsOf: () => Promise.resolve([]),
  claimed: () => Promise.resolve(null),
  enter: () => Promise.resolve({ refusal: null, isNoted: true, isSure: true }),
  settle: () => Promise.resolve(true),
};
