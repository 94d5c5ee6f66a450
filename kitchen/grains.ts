/**
 * The parts of which whole numbers are counted: thirds, sevenths, sixteenths and thousandths are whole numbers of them,
 * so that adding them does not depend on the order, as it does with floats.
 */
const GRAINS = 5_040_000;

/** A quantity as a whole number of grains. */
export function grainsOf(quantity: number): number {
  return Math.round(quantity * GRAINS);
}

/** The quantity that so many grains are. */
export function quantityOf(grains: number): number {
  return grains / GRAINS;
}
