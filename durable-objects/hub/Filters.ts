import type { Filter } from "../../protocol/filter.ts";
import type { WireDocument } from "../../protocol/wireJson.ts";
import { compileFilter, type Predicate } from "../../streams/declare/compileFilter.ts";

/** What a filter is asked about. The same object always gets the same answer. */
interface Candidate {
  readonly data: string | null;
}

/** One distinct filter, however many subscribers asked for it. */
export interface ItemFilter {
  /** Tells it from other filters of the same hub. */
  readonly key: string;
  matches(item: Candidate): boolean;
}

/** More than these are not shared: whoever asks for ever new ones must not fill the object. */
const MOST_KEPT = 500;

const EVERYTHING: ItemFilter = { key: "", matches: () => true };

/** The filters of a topic's subscribers: each distinct one is compiled once, and asked once about each item. */
export class Filters {
  readonly #known = new Map<string, ItemFilter>();
  readonly #parsed = new WeakMap<Candidate, WireDocument>();

  /** The filter of a subscription. */
  of(filter: Filter | null): ItemFilter {
    if (filter === null) return EVERYTHING;
    const key = JSON.stringify(filter);
    const known = this.#known.get(key);
    if (known) return known;
    const made = this.#make(key, compileFilter(filter));
    this.#known.set(key, made);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > MOST_KEPT) this.#known.delete(oldest);
    return made;
  }

  /** Lets go of everything: called when nobody watches. */
  clear(): void {
    this.#known.clear();
  }

  #make(key: string, predicate: Predicate): ItemFilter {
    const answers = new WeakMap<Candidate, boolean>();
    return {
      key,
      matches: (item) => {
        const answer = answers.get(item) ?? predicate(this.#document(item));
        answers.set(item, answer);
        return answer;
      },
    };
  }

  #document(item: Candidate): WireDocument {
    const known = this.#parsed.get(item);
    if (known) return known;
    // What is asked about is there, and was written by `readDocument`.
    const document = JSON.parse(item.data ?? "{}") as WireDocument;
    this.#parsed.set(item, document);
    return document;
  }
}
