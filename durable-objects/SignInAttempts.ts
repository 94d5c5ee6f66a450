import { RpcTarget } from "cloudflare:workers";

/** Where a guess at an account comes from. */
export interface Attempt {
  /** What is guessed: the password, or a code in place of it. */
  readonly door: "sign-in" | "recovery";
  /** An internet address, or what stands for it. */
  readonly address: string;
  /** The id that the browser got at an earlier sign-in; `null` for none. */
  readonly device: string | null;
}

/** So many guesses at once, and so many again after a while. */
interface Allowance {
  readonly most: number;
  readonly refillMs: number;
}

const DAY_MS = 86_400_000;

/** Of the guesses of all strangers in a day, what one address may make in a quarter of an hour. */
const SHARE_OF_ADDRESS = 0.1;
const ADDRESS_REFILL_MS = 900_000;

/** A browser that the owner has signed in with: others' guesses are not counted against it. */
const OF_DEVICE: Allowance = { most: 20, refillMs: 3_600_000 };

/** Nobody's mailbox is filled by somebody else. */
const OF_MAILS: Allowance = { most: 5, refillMs: 3_600_000 };

/** Browsers that are remembered for an account; beyond, the one that was used longest ago is forgotten. */
const MOST_DEVICES = 50;

/**
 * Counts the failed guesses at one account, in the object that is named after its address. Whoever comes with a browser
 * that the owner has used is judged by that browser alone, so that nobody locks the owner out by guessing; all others
 * together have a small number of guesses a day.
 */
export class SignInAttempts extends RpcTarget {
  readonly #storage: DurableObjectStorage;
  readonly #ofStrangers: Allowance;
  readonly #ofAddress: Allowance;

  /** @param strangersADay Guesses a day from all browsers that the account does not know. */
  constructor(storage: DurableObjectStorage, strangersADay: number) {
    super();
    this.#storage = storage;
    this.#ofStrangers = { most: strangersADay, refillMs: DAY_MS };
    const most = Math.max(2, Math.floor(strangersADay * SHARE_OF_ADDRESS));
    this.#ofAddress = { most, refillMs: ADDRESS_REFILL_MS };
  }

  /** Takes a guess. Answers 0 when it may be made, else the seconds to wait. `now` in milliseconds since 1970. */
  take(attempt: Attempt, now: number): number {
    this.#prepare(now);
    const allowances = this.#allowancesFor(attempt);
    const waits = allowances.map(([key, allowance]) => this.#waitFor(key, allowance, now));
    const wait = Math.max(...waits);
    if (wait > 0) return Math.ceil(wait / 1000);
    for (const [key, allowance] of allowances) this.#add(key, allowance, now, 1);
    return 0;
  }

  /** Counts a mail to the account's address, whether there is an account or not. Answers as `take` does. */
  takeMail(now: number): number {
    this.#prepare(now);
    const wait = this.#waitFor("mails", OF_MAILS, now);
    if (wait > 0) return Math.ceil(wait / 1000);
    this.#add("mails", OF_MAILS, now, 1);
    return 0;
  }

  /** Hears that the guess was right: then it does not count. */
  succeed(attempt: Attempt, now: number): void {
    for (const [key, allowance] of this.#allowancesFor(attempt)) this.#add(key, allowance, now, -1);
  }

  /** Remembers a browser that the owner signs in with. */
  trust(device: string, now: number): void {
    this.#prepare(now);
    const { sql } = this.#storage;
    sql.exec("INSERT OR REPLACE INTO devices (id, used_at) VALUES (?, ?)", device, now);
    sql.exec(
      "DELETE FROM devices WHERE id NOT IN (SELECT id FROM devices ORDER BY used_at DESC LIMIT ?)",
      MOST_DEVICES,
    );
  }

  /** The counts that a guess falls under. */
  #allowancesFor({ door, address, device }: Attempt): readonly (readonly [string, Allowance])[] {
    if (device !== null && this.#knows(device)) return [[`${door} device ${device}`, OF_DEVICE]];
    return [
      [`${door} strangers`, this.#ofStrangers],
      [`${door} address ${address}`, this.#ofAddress],
    ];
  }

  #knows(device: string): boolean {
    return this.#storage.sql.exec("SELECT 1 FROM devices WHERE id = ?", device).toArray().length > 0;
  }

  /** Milliseconds until one more guess fits. */
  #waitFor(key: string, { most, refillMs }: Allowance, now: number): number {
    const used = this.#used(key, { most, refillMs }, now);
    return used + 1 <= most ? 0 : ((used + 1 - most) * refillMs) / most;
  }

  /** How much of an allowance is used up: it comes back steadily. */
  #used(key: string, { most, refillMs }: Allowance, now: number): number {
    const [row] = this.#storage.sql
      .exec<{ used: number; at: number }>("SELECT used, at FROM guesses WHERE key = ?", key)
      .toArray();
    return row ? Math.max(0, row.used - ((now - row.at) * most) / refillMs) : 0;
  }

  #add(key: string, allowance: Allowance, now: number, count: number): void {
    const used = Math.max(0, this.#used(key, allowance, now) + count);
    this.#storage.sql.exec("INSERT OR REPLACE INTO guesses (key, used, at) VALUES (?, ?, ?)", key, used, now);
  }

  /** After a day nothing of a guess is left to count. */
  #prepare(now: number): void {
    const { sql } = this.#storage;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS guesses (key TEXT PRIMARY KEY, used REAL NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS devices (id TEXT PRIMARY KEY, used_at INTEGER NOT NULL) WITHOUT ROWID;
    `);
    sql.exec("DELETE FROM guesses WHERE at < ?", now - DAY_MS);
  }
}
