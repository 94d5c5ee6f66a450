/** A place on the screen. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Keeps what one is about to press where it is on the screen while others change the plan: what has the pointer on it, or
 * the focus; where there is neither, as on a phone, what is in the middle of the screen.
 */
export class StillGrid {
  readonly #root: HTMLElement;
  #isHolding = false;
  #pointer: Point | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Call it when the plan is about to be painted anew. */
  hold(): void {
    const anchor = this.#isHolding || document.visibilityState === "hidden" ? null : this.#anchor();
    if (!anchor) return;
    const { top } = anchor.getBoundingClientRect();
    this.#isHolding = true;
    // Frames come after the painting and before anybody sees it.
    requestAnimationFrame(() => {
      this.#isHolding = false;
      if (anchor.isConnected) this.#moveBack(anchor, top);
    });
  }

  /** Begins to watch the pointer. @returns ends it. */
  watch(): () => void {
    const watching = new AbortController();
    const { signal } = watching;
    const root = this.#root;
    this.#pointer = hoveredIn(root);
    root.addEventListener("pointermove", (event) => this.#pointed(event), { signal });
    root.addEventListener("pointerleave", () => this.#left(), { signal });
    return () => watching.abort();
  }

  /** A finger is not there before it presses, and after that it is gone. */
  #pointed({ pointerType, clientX, clientY }: PointerEvent): void {
    this.#pointer = pointerType === "touch" ? null : { x: clientX, y: clientY };
  }

  #left(): void {
    this.#pointer = null;
    this.#root.style.marginBlockStart = "";
    document.body.style.minHeight = "";
  }

  #moveBack(anchor: Element, top: number): void {
    const shift = () => anchor.getBoundingClientRect().top - top;
    scrollBy({ top: shift(), behavior: "instant" });
    const rest = Math.round(shift());
    if (rest === 0) return;
    // The page is too short to scroll that far: it is made longer for as long as somebody holds on to it.
    if (rest < 0) this.#root.style.marginBlockStart = `${this.#margin() - rest}px`;
    else document.body.style.minHeight = `${scrollY + innerHeight + rest}px`;
    scrollBy({ top: shift(), behavior: "instant" });
  }

  /** What was added above the grid before. */
  #margin(): number {
    return Number.parseFloat(this.#root.style.marginBlockStart) || 0;
  }

  /** What the browser calls hovered is old after the page has scrolled by itself: the place of the pointer is not. */
  #anchor(): Element | null {
    const { activeElement } = document;
    const pointed = this.#pointer && this.#at(this.#pointer);
    const focused = activeElement && this.#root.contains(activeElement) ? activeElement : null;
    const middle = this.#at({ x: innerWidth / 2, y: innerHeight / 2 });
    return [pointed, focused, middle].find((one) => one && isOnScreen(one)) ?? null;
  }

  #at({ x, y }: Point): Element | null {
    const found = document.elementFromPoint(x, y)?.closest("button, .entry, .entry-removed, .meal, .day");
    return found && this.#root.contains(found) ? found : null;
  }
}

/** Where the pointer is that came before this code did; a finger leaves nothing hovered that counts. */
function hoveredIn(root: HTMLElement): Point | null {
  const hovered = matchMedia("(hover: hover)").matches ? root.querySelector("button:hover") : null;
  if (!hovered) return null;
  const { x, y, width, height } = hovered.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
