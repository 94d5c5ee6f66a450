import type { LogItem } from "./LogItem.ts";

/** How many changes are kept in memory: those that live subscribers still ask for. */
const MOST = 200;

/** How many characters of them. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** The newest items of a log, in memory. Only here is it known what an item was before. */
export class RecentItems {
  #items: LogItem[] = [];
  #characters = 0;
  /** Every item with a higher seq is here. */
  #from: number;

  /** @param head The newest seq that is not to be found here. */
  constructor(head: number) {
    this.#from = head;
  }

  /** Takes in the newest item, in place of what it was. */
  add(item: LogItem): void {
    const index = this.#items.findIndex(({ id }) => id === item.id);
    if (index >= 0) this.#count(this.#items.splice(index, 1)[0], -1);
    this.#items.push(item);
    this.#count(item, 1);
    while (this.#items.length > 1 && (this.#items.length > MOST || this.#characters > MOST_CHARACTERS)) {
      const oldest = this.#items.shift();
      this.#count(oldest, -1);
      this.#from = oldest?.seq ?? this.#from;
    }
  }

  /** The items after a cursor in the order of their seq; `null` when they are not all here. */
  since(cursor: number): readonly LogItem[] | null {
    if (cursor < this.#from) return null;
    let start = this.#items.length;
    while (start > 0 && (this.#items[start - 1]?.seq ?? 0) > cursor) start--;
    return start === 0 ? this.#items : this.#items.slice(start);
  }

  /** Puts an item in the place of its equal in seq, if that is here. */
  replace(item: LogItem): void {
    this.#items = this.#items.map((other) => (other.seq === item.seq ? item : other));
  }

  /** Lets go of everything up to `head`. */
  clear(head: number): void {
    this.#items = [];
    this.#characters = 0;
    this.#from = head;
  }

  #count(item: LogItem | undefined, sign: 1 | -1): void {
    this.#characters += sign * (item?.data?.length ?? 0);
  }
}
