/** A promise of a test was not kept. Everything else that is thrown while a test runs fails it as well. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
}

/** The test asks for something that the driver or this runner does not have. */
export class Unsupported extends Error {
  override readonly name = "Unsupported";
}
