/** The treatment of a record with this failure: `retry` is worth another try, `park` can never succeed. */
type Remedy = 'retry' | 'park';

/** Every way in which a record can fail; a code appears here once, with what to do about it. */
const REMEDIES = {
  'record-malformed': 'park',
  'value-not-base64': 'park',
  'value-not-utf8': 'park',
  'value-not-json': 'park',
  'event-invalid': 'park',
  'event-type-unknown': 'park',
  'event-version-unknown': 'park',
  'event-id-reused': 'park',
  'order-id-reused': 'park',
  'contact-refused': 'park',
  'send-ambiguous': 'park',
  'store-refused': 'park',
  'ends-invocations': 'park',
  'fails-unexpectedly': 'park',
  'stock-inconsistent': 'park',
  'store-unavailable': 'retry',
  'provider-unavailable': 'retry',
  'provider-resting': 'retry',
  'account-refused': 'retry',
  'claim-held': 'retry',
  'parking-failed': 'retry',
  'out-of-time': 'retry',
  unexpected: 'retry',
} as const satisfies Record<string, Remedy>;

export const FAILURE_CODES: readonly string[] = Object.keys(REMEDIES);

type CodeWith<R extends Remedy> = {
  [C in keyof typeof REMEDIES]: (typeof REMEDIES)[C] extends R ? C : never;
}[keyof typeof REMEDIES];

/** The failures that another try can cure. */
export type RetryableCode = CodeWith<'retry'>;

/** The failures that no number of tries can cure. */
export type PoisonCode = CodeWith<'park'>;

export type FailureCode = RetryableCode | PoisonCode;

/** The reason why a record failed. The code decides whether it is retried; `C` narrows that for the compiler. */
export interface RecordFailure<C extends FailureCode = FailureCode> {
  readonly code: C;
  /** For people. It is logged and parked, so it never holds anything of the record's key, value or headers. */
  readonly message: string;
  /** What was caught, if anything was. Its message may quote a payload: never log or store it as it is. */
  readonly cause?: unknown;
}

export type RetryableFailure = RecordFailure<RetryableCode>;
export type PoisonFailure = RecordFailure<PoisonCode>;

export function isRetryable(failure: RecordFailure): failure is RetryableFailure {
  return REMEDIES[failure.code] === 'retry';
}

/** A fault of ours: nothing in the catalogue describes it, so it is worth another try. */
export function unexpected(message: string, cause?: unknown): RetryableFailure {
  return { code: 'unexpected', message, cause };
}
