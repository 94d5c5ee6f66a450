/** What hubs may hold for the latest state of something: the true one, or an earlier one as long as they were not told. */
export class Beliefs<State> {
  #states: readonly { readonly place: number; readonly state: State }[];

  constructor(state: State) {
    this.#states = [{ place: 0, state }];
  }

  /** What is so. */
  get truth(): State {
    const last = this.#states.at(-1);
    if (!last) throw new Error("unreachable");
    return last.state;
  }

  /** What may be held. */
  get possible(): readonly State[] {
    return this.#states.map(({ state }) => state);
  }

  get isCertain(): boolean {
    return this.#states.length === 1;
  }

  /** Something new is so, at a place in the order of the database. */
  change(place: number, state: State): void {
    this.#states = [...this.#states, { place, state }];
  }

  /** The hubs were told what has been so since a place. */
  tell(place: number): void {
    this.#states = this.#states.filter((state) => state.place >= place);
  }

  /** The hubs have read what is so. */
  tellTruth(): void {
    this.#states = this.#states.slice(-1);
  }
}
