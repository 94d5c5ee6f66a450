import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

/** A finger that moves less than this has pressed. */
const SLACK_PX = 8;

/** So near to the window's edge the page scrolls. */
const EDGE_PX = 96;

const SCROLL_PX = 9;

/** Where what is carried would be put down: at an aisle, in its upper half or the lower. */
export interface DropPlace {
  readonly aisle: string;
  readonly half: "upper" | "lower";
}

/** Carrying things to an aisle, by mouse, pen or finger. */
export interface Drag {
  /** What is carried now. */
  readonly carried: ReadonlySignal<string | null>;
  /** Where it would be put down now. */
  readonly over: ReadonlySignal<DropPlace | null>;
  /** For the handle of a thing: a press begins it. */
  readonly begin: (event: PointerEvent, what: string) => void;
}

/** @param onDrop gets what was carried, and where it was put down. */
export function useDrag(onDrop: (what: string, place: DropPlace) => void): Drag {
  const carried = useSignal<string | null>(null);
  const over = useSignal<DropPlace | null>(null);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  function begin(event: PointerEvent, what: string): void {
    if (event.button !== 0 || !event.isPrimary) return;
    stop.current();
    stop.current = follow(event, {
      onMove: (place) => {
        carried.value = what;
        over.value = place;
      },
      onEnd: (isDropped) => {
        const place = over.peek();
        carried.value = null;
        over.value = null;
        if (isDropped && place) latest.current(what, place);
      },
    });
  }
  return useMemo(() => ({ carried, over, begin }), []);
}

interface Journey {
  readonly onMove: (place: DropPlace | null) => void;
  /** @param isDropped false when it was called off. */
  readonly onEnd: (isDropped: boolean) => void;
}

/** Follows a pointer from its press to its end. @returns ends it before that. */
function follow(start: PointerEvent, { onMove, onEnd }: Journey): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let at = start;
  let isMoving = false;
  function look(): void {
    onMove(placeAt(at));
  }
  function scroll(): void {
    if (signal.aborted) return;
    const step = scrollStep(at.clientY);
    if (step !== 0) scrollBy(0, step);
    if (step !== 0) look();
    requestAnimationFrame(scroll);
  }
  function moved(event: PointerEvent): void {
    if (event.pointerId !== start.pointerId) return;
    at = event;
    const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (!isMoving && distance < SLACK_PX) return;
    if (!isMoving) requestAnimationFrame(scroll);
    isMoving = true;
    look();
  }
  function end(isDropped: boolean): void {
    if (signal.aborted) return;
    ended.abort();
    if (!isMoving) return;
    onEnd(isDropped);
    swallowClick();
  }
  addEventListener("pointermove", moved, { signal });
  addEventListener("pointerup", (event) => event.pointerId === start.pointerId && end(true), { signal });
  addEventListener("pointercancel", () => end(false), { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && end(false), { signal });
  return () => end(false);
}

/** What ends where it began is a click to the browser as well. */
function swallowClick(): void {
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function scrollStep(y: number): number {
  if (y < EDGE_PX) return -SCROLL_PX;
  return y > innerHeight - EDGE_PX ? SCROLL_PX : 0;
}

function placeAt({ clientX, clientY }: PointerEvent): DropPlace | null {
  const section = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-aisle]");
  const aisle = section?.dataset["aisle"];
  if (!section || aisle === undefined) return null;
  const { top, height } = section.getBoundingClientRect();
  return { aisle, half: clientY < top + height / 2 ? "upper" : "lower" };
}
