import type { EventOutcome } from "../../../protocol/changeEvent.ts";

/** A change as a test publishes it: its place in the order of the database, and the note, `null` for a removal. */
export interface ModelChange {
  readonly place: number;
  readonly note: string | null;
}

/** What a hub is to hold: of all that it was told, the change with the highest place. */
export class PlanModel {
  /** Before everything that is published: what the database holds. */
  static readonly STORED: ModelChange = { place: 0, note: "stored" };

  /** All that was published, in the order in which that happened. */
  readonly published: ModelChange[] = [];
  #newest: ModelChange | null = null;
  #wasThere = false;
  #nextPlace = 0;

  /** The newest note, `null` when the plan is gone. */
  get note(): string | null {
    return (this.#newest ?? PlanModel.STORED).note;
  }

  /** Whether somebody who was never here is let in. */
  get isThere(): boolean {
    return this.note !== null;
  }

  /** Whether the hub knows who might see the plan, were it there. */
  get wasThere(): boolean {
    return this.#wasThere;
  }

  /** A change that is newer than all others. There is room for others before it. */
  newer(note: (place: number) => string | null): ModelChange {
    this.#nextPlace += 10;
    return { place: this.#nextPlace, note: note(this.#nextPlace) };
  }

  /** A change that nobody was told of, older than the newest; `null` while there is none. */
  older(back: number): ModelChange | null {
    const newest = this.#newest?.place ?? 0;
    const place = newest - 1 - (back % 9);
    return place > 0 ? { place, note: `late ${place}` } : null;
  }

  /** What the hub reads from the database before its first subscriber. */
  hear(): void {
    this.#newest ??= PlanModel.STORED;
    this.#wasThere ||= this.#newest.note !== null;
  }

  /** Takes a change in; answers what is to become of it. */
  publish(change: ModelChange): Exclude<EventOutcome, "ignored"> {
    this.published.push(change);
    const held = this.#newest;
    if (held && change.place < held.place) return "stale";
    if (held && change.place === held.place) return "repeat";
    this.#newest = change;
    this.#wasThere ||= change.note !== null;
    return held && held.note === change.note ? "repeat" : "published";
  }
}
