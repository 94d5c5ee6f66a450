/** An account as its owner sees it. */
export interface User {
  readonly _id: string;
  readonly email: string;
  readonly name: string;
  /** Whether somebody has opened the link that was sent to `email`. Told where mails can be sent. */
  readonly emailVerified?: boolean;
  /** What `email` becomes when the link that was sent there is opened. Told where mails can be sent. */
  readonly pendingEmail?: string | null;
}

/** Somewhere that somebody is signed in. Times are ISO 8601. */
export interface Session {
  readonly _id: string;
  readonly createdAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  /** What the browser says it is (`User-Agent`), as far as it was kept. */
  readonly device: string;
  readonly isThisOne: boolean;
}

/** A passkey as its owner sees it. Times are ISO 8601. */
export interface Passkey {
  readonly _id: string;
  readonly name: string;
  readonly createdAt: string;
  /** `null` as long as nobody has signed in with it. */
  readonly lastUsedAt: string | null;
}
