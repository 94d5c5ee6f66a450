const NAME = "mealcast";
const VERSION = 1;

/** What is kept on this device, by kind. */
const STORES = ["edits"] as const;

export type StoreName = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | null = null;

/** The page's own database in this browser. Rejects where the browser refuses to keep anything. */
export function deviceDatabase(): Promise<IDBDatabase> {
  opened ??= open();
  return opened;
}

/** What a request to the database answers. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("The database said nothing")));
  });
}

/** Waits until a transaction is on the disk: a request's own success comes before that. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("Nothing was kept")));
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.addEventListener("upgradeneeded", () => {
    for (const name of STORES) {
      request.result.createObjectStore(name, { keyPath: "key" }).createIndex("account", "account");
    }
  });
  const database = await answerOf(request);
  // A newer page in another tab wants another version: whoever holds on would block it.
  database.addEventListener("versionchange", () => forget(database));
  database.addEventListener("close", () => forget(database));
  return database;
}

function forget(database: IDBDatabase): void {
  database.close();
  opened = null;
}
