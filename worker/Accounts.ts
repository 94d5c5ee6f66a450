import type { Identity, LiveRequest } from "./appContext.ts";

/** How an app knows who is asking. An app without accounts has `noAccounts`. */
export interface Accounts {
  /** Who asks, by a session that is open; `null` for nobody. */
  identify(c: LiveRequest): Promise<Identity | null>;
  /** Notes that a session streams from a topic, so that the stream ends with it. Answers whether it is open still. */
  openStream(c: LiveRequest, identity: Identity, topic: string): Promise<boolean>;
  /** The topics that a user may be streaming from, in whichever session. */
  topicsOf(c: LiveRequest, userId: string): Promise<readonly string[]>;
  /** Who the request says is asking, whether or not the session is still open: `openStream` tells. */
  claimed(c: LiveRequest): Promise<Identity | null>;
}

/** For apps whose readers need not say who they are. */
export const noAccounts: Accounts = {
  identify: () => Promise.resolve(null),
  openStream: () => Promise.resolve(false),
  topicsOf: () => Promise.resolve([]),
  claimed: () => Promise.resolve(null),
};
