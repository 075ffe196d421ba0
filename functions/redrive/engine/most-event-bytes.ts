/** Lambda takes 6 MB in an invocation, and this leaves room for what the estimate of a record's size may miss. */
export const MOST_EVENT_BYTES = 4_500_000;
