/** Where the focus was on the grid. */
interface Spot {
  readonly entryId: string;
  /** The meal, or the place for dishes without one. */
  readonly place: Element;
  /** Among the dishes of the place. */
  readonly index: number;
}

const DISH = "[data-entry-id]";
const PLACE = "[data-day], .elsewhere";

/**
 * Keeps the focus on the grid when what has it goes. It follows a dish that the user has moved; from one that somebody
 * else took away it goes to the next one there, or to the button that adds one.
 */
export class GridFocus {
  readonly #root: HTMLElement;
  readonly #isTakenAway: (entryId: string) => boolean;
  #spot: Spot | null = null;
  /** True when the focus is, or was last, on what offers to undo. */
  #isUndoing = false;

  /** @param isTakenAway true for a dish that somebody else has just moved. */
  constructor(root: HTMLElement, isTakenAway: (entryId: string) => boolean) {
    this.#root = root;
    this.#isTakenAway = isTakenAway;
  }

  /** Begins to watch. @returns ends it. */
  watch(): () => void {
    const watching = new AbortController();
    const { signal } = watching;
    // Somebody may have been quicker than this code.
    this.#entered(document.activeElement);
    document.addEventListener("focusin", ({ target }) => this.#entered(target), { signal });
    document.addEventListener("pointerdown", ({ target }) => this.#pressed(target), { signal });
    const observer = new MutationObserver((changes) => this.#settle(changes));
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    return () => {
      watching.abort();
      observer.disconnect();
    };
  }

  /** Gives the focus to a dish, or to what is left of it. */
  lead(entryId: string): void {
    const trace = `[data-removed-id="${CSS.escape(entryId)}"]`;
    (this.#dish(entryId) ?? this.#root.querySelector<HTMLElement>(trace))?.focus();
  }

  /** If the focus is nowhere because what had it has gone, gives it to what is nearest. */
  #settle(changes: readonly MutationRecord[]): void {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (!isLost || document.querySelector("dialog[open]")) return;
    // What is undone shows a moment after the button has gone.
    if (this.#isUndoing && document.querySelector(".toast")) return this.#follow(changes);
    if (this.#spot) this.#goBeside(this.#spot);
    else if (this.#isUndoing) document.querySelector("main")?.focus({ preventScroll: true });
  }

  #follow(changes: readonly MutationRecord[]): void {
    const changed = changes.filter(({ target }) => this.#root.contains(target));
    changed
      .map(placeOfChange)
      .find((place) => place !== null)
      ?.focus();
  }

  #goBeside({ entryId, place, index }: Spot): void {
    const isOthers = this.#isTakenAway(entryId);
    const dish = isOthers ? null : this.#dish(entryId);
    (dish ?? neighbour(place, index))?.focus({ preventScroll: isOthers });
  }

  #dish(entryId: string): HTMLElement | null {
    return this.#root.querySelector(`[data-entry-id="${CSS.escape(entryId)}"] .entry-title`);
  }

  /** In a dialog the focus is only for a while, and so it is where one undoes. */
  #entered(target: EventTarget | null): void {
    if (!(target instanceof Element) || target.closest("dialog")) return;
    this.#isUndoing = target.closest(".toast") !== null;
    if (this.#isUndoing) return;
    this.#spot = this.#root.contains(target) ? spotOf(target) : null;
  }

  /** Who presses beside everything wants the focus nowhere. */
  #pressed(target: EventTarget | null): void {
    if (target instanceof Element && !target.closest("button, a, dialog")) {
      this.#spot = null;
      this.#isUndoing = false;
    }
  }
}

function spotOf(target: Element): Spot | null {
  const card = target.closest<HTMLElement>(`${DISH}, [data-removed-id]`);
  const place = target.closest(PLACE);
  const entryId = card?.dataset["entryId"] ?? card?.dataset["removedId"];
  if (!card || !place || entryId === undefined) return null;
  const dishes = [...place.querySelectorAll(DISH)];
  const before = dishes.filter((dish) => isBefore(dish, card));
  return { entryId, place, index: before.length };
}

function isBefore(one: Element, other: Element): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function neighbour(place: Element, index: number): HTMLElement | null {
  const next = place.querySelectorAll(DISH)[index];
  return next?.querySelector<HTMLElement>(".entry-title") ?? place.querySelector<HTMLElement>("button.add");
}

/** What of a change takes the focus: the dish that came or changed, or the way to add one where it went. */
function placeOfChange({ target, addedNodes }: MutationRecord): HTMLElement | null {
  const added = [...addedNodes].find((node) => node instanceof Element);
  const around = target instanceof Element ? target : target.parentElement;
  const dish = (added?.matches(DISH) ? added : added?.querySelector(DISH)) ?? around?.closest(DISH) ?? null;
  const place = around?.closest(PLACE);
  return (dish ?? place)?.querySelector<HTMLElement>(dish ? ".entry-title" : "button.add") ?? null;
}
