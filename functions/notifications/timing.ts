import { ANSWER_RESERVE_MS } from '../kernel/deadline.ts';

/**
 * Milliseconds that a provider may take for one message. Far beyond the usual tenth of a second, since the outcome of a
 * send that is given up is unknown for good: a provider that is slow but alive is waited for.
 */
export const SEND_TIMEOUT_MS = 10_000;

/** Milliseconds that must remain of the invocation for another try to write to the ledger. */
export const TIME_TO_WRITE_MS = ANSWER_RESERVE_MS + 500;

/** The time of a confirmation that needs a few tries. */
const TIME_TO_CONFIRM_MS = 2_000;

/**
 * Milliseconds that a send, its confirmation and the answer may take at worst. Nothing is claimed or sent with less time
 * left, since a claim that dies with its invocation leaves the outcome unknown.
 */
export const TIME_TO_SEND_MS = SEND_TIMEOUT_MS + TIME_TO_CONFIRM_MS + TIME_TO_WRITE_MS;

/**
 * Milliseconds that the owner of a lapsed claim has to say what became of it. An outage of the ledger may have kept it from that, and a
 * mapping whose function fails waits between two calls: half a minute at most here, while AWS documents no limit. So it is a whole
 * minute, longer than an invocation: whoever waits for it fails the record, which comes again.
 */
export const GRACE_MS = 60_000;

/** An answer that comes later than this says that the provider has too much to do. */
export const PROMPT_MS = 1_000;
