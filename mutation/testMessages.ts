/** What a test process is asked. Paths from the root of the tree. */
export interface TestRequest {
  /** The source that was changed. */
  readonly file: string;
  /** What the names of the test files to run begin with. */
  readonly tests: readonly string[];
}

/** The first test that failed, or `null`. */
export interface TestAnswer {
  readonly failure: string | null;
}
