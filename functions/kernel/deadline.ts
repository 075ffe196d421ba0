/** When this invocation ends. */
export interface Deadline {
  /** Milliseconds until Lambda stops the function; zero or less when the time is over. */
  readonly remainingMs: () => number;
}
