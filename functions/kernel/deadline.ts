/** The end of this invocation. */
export interface Deadline {
  /** Milliseconds until Lambda stops the function; zero or less when the time is over. */
  readonly remainingMs: () => number;
}

/**
 * Milliseconds of an invocation that no call to a service may use: the time to settle a batch and to answer, on a
 * machine that is busy. A call that is still open by then is aborted.
 */
export const ANSWER_RESERVE_MS = 2_500;
