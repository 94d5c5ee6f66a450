/** Reads items from their wire texts. An item whose text did not change is the same object again. */
export type ReadItems<Item> = (texts: ReadonlyMap<string, string>) => ReadonlyMap<string, Item>;

/** @param parse reads an item from its JSON value; one on which it throws is reported and left out. */
export function itemReader<Item>(parse: (value: unknown) => Item): ReadItems<Item> {
  let known = new Map<string, { readonly text: string; readonly item: Item }>();
  return (texts) => {
    const next: typeof known = new Map();
    for (const [key, text] of texts) {
      const before = known.get(key);
      if (before?.text === text) next.set(key, before);
      else readInto(next, key, text);
    }
    known = next;
    return new Map([...next].map(([key, { item }]) => [key, item]));
  };

  function readInto(next: typeof known, key: string, text: string): void {
    try {
      next.set(key, { text, item: parse(JSON.parse(text)) });
    } catch (error) {
      // One odd item must not take the others off the page.
      reportError(error);
    }
  }
}
