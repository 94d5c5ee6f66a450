/** What the server answered to the user: the item, or `null` for one that is gone. */
interface OwnChange<Item> {
  readonly item: Item | null;
  /** What the stream had said of it by then. */
  readonly before: Item | undefined;
}

type Streamed<Item> = ReadonlyMap<string, Item>;

/** The user's own saved changes that the stream has not brought yet. Whatever it brings of an item ends them. */
export class OwnChanges<Item extends { readonly _id: string }> {
  readonly #changes = new Map<string, OwnChange<Item>>();

  saved(item: Item, streamed: Streamed<Item> | null): void {
    this.#changes.set(item._id, { item, before: streamed?.get(item._id) });
  }

  removed(id: string, streamed: Streamed<Item> | null): void {
    this.#changes.set(id, { item: null, before: streamed?.get(id) });
  }

  /** The stream brought something. An item that did not change is the same object as before. */
  arrived(streamed: Streamed<Item>): void {
    for (const [id, { before }] of this.#changes) {
      if (streamed.get(id) !== before) this.#changes.delete(id);
    }
  }

  /** What to show: the streamed items with the own changes on top. */
  over(streamed: Streamed<Item>): readonly Item[] {
    const shown = new Map(streamed);
    for (const [id, { item }] of this.#changes) {
      if (item) shown.set(id, item);
      else shown.delete(id);
    }
    return [...shown.values()];
  }
}
