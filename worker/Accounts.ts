import type { Identity, LiveRequest } from "./appContext.ts";

/** How an app knows who is asking. An app without accounts has `noAccounts`. */
export interface Accounts {
  /** Who asks, by a session that is open; `null` for nobody. */
  identify(c: LiveRequest): Promise<Identity | null>;
  /** Notes that a session streams from a topic, so that the stream ends with it. Answers whether it is open still. */
  /** The topics that a user may be streaming from, in whichever session. */
  topicsOf(c: LiveRequest, userId: string): Promise<readonly string[]>;
  noteStream(c: LiveRequest, userId: string, sessionId: string, topic: string): Promise<boolean>;
  /** Whether a session is open still. */
  isOpen(c: LiveRequest, userId: string, sessionId: string): Promise<boolean>;
}

/** For apps whose readers need not say who they are. */
export const noAccounts: Accounts = {
  identify: () => Promise.resolve(null),
  topicsOf: () => Promise.resolve([]),
  noteStream: () => Promise.resolve(false),
  isOpen: () => Promise.resolve(false),
};
