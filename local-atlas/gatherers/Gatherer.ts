/** Gathers values, whatever expression they come from. */
export interface Gatherer {
  readonly add: (value: unknown) => void;
  readonly result: () => unknown;
}
