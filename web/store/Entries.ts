import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { DAYS, MEALS } from "../../protocol/mealPlan.ts";
import type { EntryView } from "./entryViews.ts";

/** Where dishes go whose day or meal the grid does not have. */
export const ELSEWHERE = "elsewhere";

/** The name of a place on the grid. */
export function cellName(day: string, meal: string): string {
  return `${day}/${meal}`;
}

const CELLS: readonly string[] = DAYS.flatMap((day) => MEALS.map((meal) => cellName(day, meal)));

/** The name of the place where a dish is shown. */
export function placeName({ day, meal }: { readonly day: string; readonly meal: string }): string {
  const name = cellName(day, meal);
  return CELLS.includes(name) ? name : ELSEWHERE;
}

/**
 * The dishes by place and by id, a signal each: when one dish changes, one node is painted; when one comes or goes, one
 * cell is.
 */
export class Entries {
  /** The ids of all dishes. */
  readonly ids: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #cells = new Map<string, Signal<readonly string[]>>();
  readonly #views = new Map<string, Signal<EntryView>>();

  constructor() {
    for (const name of [...CELLS, ELSEWHERE]) this.#cells.set(name, signal<readonly string[]>([]));
  }

  /** The ids of the dishes at a place, in the plan's order. */
  cell(name: string): ReadonlySignal<readonly string[]> {
    const cell = this.#cells.get(name);
    if (!cell) throw new RangeError(`The grid has no cell ${name}`);
    return cell;
  }

  /** A dish, or `undefined` for an id that is not on the plan. */
  view(id: string): ReadonlySignal<EntryView> | undefined {
    return this.#views.get(id);
  }

  /** Shows these dishes and no others. Call it in a batch. */
  show(views: readonly EntryView[]): void {
    for (const view of views) this.#put(view);
    const byCell = Map.groupBy(views, ({ entry }) => placeName(entry));
    for (const [name, cell] of this.#cells) {
      const ids = byCell.get(name)?.map(({ entry }) => entry._id) ?? [];
      if (!sameIds(cell.peek(), ids)) cell.value = ids;
    }
    const shown = new Set(views.map(({ entry }) => entry._id));
    for (const id of this.#views.keys()) if (!shown.has(id)) this.#views.delete(id);
    if (!sameIds([...this.ids.peek()], [...shown])) this.ids.value = shown;
  }

  #put(view: EntryView): void {
    const known = this.#views.get(view.entry._id);
    if (!known) this.#views.set(view.entry._id, signal(view));
    else if (!sameView(known.peek(), view)) known.value = view;
  }
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function sameView(a: EntryView, b: EntryView): boolean {
  return a.status === b.status && a.failed?.failure === b.failed?.failure && sameFields(a.entry, b.entry);
}

function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((field) => a[field] === b[field]);
}
