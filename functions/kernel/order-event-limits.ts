/** 1 to 128 of these: no separator of table keys (`#`), path (`/`), space or control character, no leading sign. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,127}$/;
/** What a correction corrects: an event id, also the longer one of a shortest order, or the place of a record without one. */
export const CORRECTS_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,299}$/;
export const SKU_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,63}$/;

/** A reservation and the stock of each of its skus change in one DynamoDB transaction of at most 100 actions. */
export const MAX_DISTINCT_SKUS = 99;
export const MAX_LINES = 200;
export const MAX_QUANTITY = 1_000_000;
export const MAX_UNIT_PRICE_MINOR = 1_000_000_000;

/** RFC 5321, section 4.5.3.1.3. */
export const MAX_EMAIL_LENGTH = 254;
export const MAX_REASON_LENGTH = 500;
export const MAX_SOURCE_LENGTH = 2048;
/** Objects and arrays inside each other, the event itself being the first; the events of the contract need 4. */
export const MAX_NESTING = 32;

/**
 * A JSON number carries 15 decimal digits without loss, so above this an amount with decimals might not be the one
 * that was written.
 */
export const MAX_DECIMAL_AMOUNT_MINOR = 999_999_999_999_999;
