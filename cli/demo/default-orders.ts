/** The test orders of a start, unless a flag says another number. */
export const DEFAULT_ORDERS = 10;
