import { answerOf, committed, deviceDatabase, type StoreName } from "./deviceDatabase.ts";

/** A record names itself and the account that it belongs to. */
export interface AccountRecord {
  readonly key: string;
  readonly account: string;
}

/** The records of one kind that this browser keeps. Every method rejects where the browser refuses. */
export class Records {
  readonly #name: StoreName;

  constructor(name: StoreName) {
    this.#name = name;
  }

  /** What is kept for an account, as it was stored: whoever reads it validates it. */
  async all(account: string): Promise<readonly unknown[]> {
    const database = await deviceDatabase();
    const store = database.transaction(this.#name).objectStore(this.#name);
    return answerOf(store.index("account").getAll(account));
  }

  /** Resolves when the record is on the disk. */
  put(record: AccountRecord): Promise<void> {
    return this.#write((store) => void store.put(record));
  }

  remove(key: string): Promise<void> {
    return this.#write((store) => void store.delete(key));
  }

  /** Erases all that is kept for an account. */
  clear(account: string): Promise<void> {
    return this.#write((store) => {
      const keys = store.index("account").getAllKeys(account);
      keys.addEventListener("success", () => keys.result.forEach((key) => store.delete(key)));
    });
  }

  async #write(change: (store: IDBObjectStore) => void): Promise<void> {
    const database = await deviceDatabase();
    const transaction = database.transaction(this.#name, "readwrite", { durability: "strict" });
    change(transaction.objectStore(this.#name));
    await committed(transaction);
  }
}
