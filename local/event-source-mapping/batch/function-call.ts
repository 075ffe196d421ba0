/**
 * Facts about a call that reached the function, as the on-failure document reports them.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export interface FunctionCall {
  readonly requestId: string;
  readonly statusCode: number;
  /** The version that ran, such as `$LATEST`. */
  readonly executedVersion: string;
  /** Set exactly when the function failed. `Handled` comes from older runtimes. */
  readonly functionError?: 'Handled' | 'Unhandled';
}
