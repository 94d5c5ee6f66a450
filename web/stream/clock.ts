/** Stops a job that has not run yet. */
export type Cancel = () => void;

/** Time, as something that a test can hold in its hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs the job once, after so many milliseconds. */
  readonly after: (milliseconds: number, job: () => void) => Cancel;
}

/** The browser's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, job) => {
    const timer = setTimeout(job, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Nothing to stop. */
export const idle: Cancel = () => {};
