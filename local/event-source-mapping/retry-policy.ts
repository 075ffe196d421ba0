/** The rules by which a batch is tried again; plain data. */
export interface RetryPolicy {
  /** Retries after the first attempt. */
  readonly maximumRetries: number | 'unlimited';
  readonly maximumRecordAgeMs: number | 'unlimited';
  /** Largest event in UTF-8 bytes. */
  readonly maximumPayloadBytes: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** After a partial response: the listed records, or everything from the lowest listed offset of a partition. */
  readonly partialRetryScope: 'records' | 'rewind';
  readonly bisectUsesRetries: boolean;
  readonly bisectOnPartialResponse: boolean;
  readonly backoff: BackoffPolicy;
}

/** Bounds of the wait before a retry. */
export interface BackoffPolicy {
  /** Upper bound of the first wait. */
  readonly baseMs: number;
  /** Upper bound of every wait. */
  readonly maximumMs: number;
}
