/** How much of something: the same twice, or the two ends of a range. */
export interface Amount {
  readonly from: number;
  readonly to: number;
}

/** The amount that is one number. */
export function exactly(quantity: number): Amount {
  return { from: quantity, to: quantity };
}
