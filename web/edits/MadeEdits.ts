import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Work } from "./work.ts";

/** An edit that was made in this tab, and not taken back. */
export interface MadeEdit {
  /** Counts the edits of this tab. */
  readonly step: number;
  readonly key: string;
  /** The name of what is edited, for the person. */
  readonly about: string;
  readonly work: Work;
}

/** One goes back so many steps, and not to what one did in the morning. */
const MOST = 20;

/** What the user did in this tab, the newest last: what there is to undo. */
export class MadeEdits {
  readonly #list: Signal<readonly MadeEdit[]> = signal([]);
  #steps = 0;

  get list(): ReadonlySignal<readonly MadeEdit[]> {
    return this.#list;
  }

  note({ key, about, work }: Omit<MadeEdit, "step">): void {
    this.#steps += 1;
    this.#list.value = [...this.#list.peek(), { key, about, work, step: this.#steps }].slice(-MOST);
  }

  /** It was refused or taken back: there is nothing to undo. */
  forget(key: string): void {
    this.#list.value = this.#list.peek().filter((one) => one.key !== key);
  }

  clear(): void {
    this.#list.value = [];
  }
}
