/** Streams stay open for so long after the page that used them: the next page often wants them again. */
const LINGER_MS = 10_000;

interface Watchable {
  /** Begins. @returns ends it. */
  watch(): () => void;
}

interface Place<Value> {
  readonly value: Value;
  users: number;
  end: (() => void) | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Keeps one live thing per key for all who use it, and for a while after the last of them. */
export class Kept<Value extends Watchable> {
  readonly #make: (key: string) => Value;
  readonly #places = new Map<string, Place<Value>>();

  constructor(make: (key: string) => Value) {
    this.#make = make;
  }

  /** The thing of this key. It lives from its first use on. */
  get(key: string): Value {
    return this.#place(key).value;
  }

  /** Uses it. @returns ends the use. */
  use(key: string): () => void {
    const place = this.#place(key);
    clearTimeout(place.timer);
    place.users += 1;
    place.end ??= place.value.watch();
    return () => this.#leave(key, place);
  }

  #place(key: string): Place<Value> {
    const known = this.#places.get(key);
    if (known) return known;
    const place: Place<Value> = { value: this.#make(key), users: 0, end: null, timer: undefined };
    this.#places.set(key, place);
    return place;
  }

  #leave(key: string, place: Place<Value>): void {
    place.users -= 1;
    if (place.users > 0) return;
    place.timer = setTimeout(() => {
      this.#places.delete(key);
      place.end?.();
    }, LINGER_MS);
  }
}
