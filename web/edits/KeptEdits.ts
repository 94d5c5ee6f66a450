import { signal, type Signal } from "@preact/signals";
import { Records } from "../device/Records.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import { readQueuedEdit } from "./readQueuedEdit.ts";

/** The edits of an account that this device keeps. What the browser refuses is noted, and never thrown. */
export class KeptEdits {
  /** False when this browser keeps nothing: edits are lost with the tab. */
  readonly isLasting: Signal<boolean> = signal(true);
  readonly #account: string;
  readonly #records = new Records("edits");

  constructor(account: string) {
    this.#account = account;
  }

  /** All of them that make sense to this version of the page; `null` when they can't be read. */
  async all(): Promise<readonly QueuedEdit[] | null> {
    try {
      const rows = await this.#records.all(this.#account);
      return rows.map(readQueuedEdit).filter((row) => row !== null);
    } catch {
      this.isLasting.value = false;
      return null;
    }
  }

  /** @returns whether the device keeps it. */
  async keep(row: QueuedEdit): Promise<boolean> {
    try {
      await this.#records.put(row);
      return true;
    } catch {
      this.isLasting.value = false;
      return false;
    }
  }

  async forget(key: string): Promise<void> {
    // What was never kept can't be erased either.
    await this.#records.remove(key).catch(() => {});
  }

  async clear(): Promise<void> {
    await this.#records.clear(this.#account).catch(() => {});
  }
}
