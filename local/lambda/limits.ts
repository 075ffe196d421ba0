/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */

/** Most bytes of a request that waits for its response. */
export const MAX_REQUEST_BYTES = 6_291_456;

/** Most bytes of an event that is queued. */
export const MAX_EVENT_REQUEST_BYTES = 1_048_576;

/** Most bytes of a response: Lambda enforces (and names in its error) 100 more than the documented 6 MB. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** How long a first initialization may take. */
export const MAX_INIT_MS = 10_000;

/** How much of the log `LogType: Tail` returns. */
export const MAX_LOG_TAIL_BYTES = 4096;
