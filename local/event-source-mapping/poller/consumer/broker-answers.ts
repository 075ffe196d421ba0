import { MultipleErrors, NetworkError, ProtocolError } from '@platformatic/kafka';
import { problemOf } from '../../retry/mapping-problem.ts';

/** The errors that an error of the client is made of: answers of brokers by partition, or several tries. */
function parts(error: unknown): readonly unknown[] {
  return error instanceof MultipleErrors ? error.errors.flatMap(parts) : [error];
}

/** Whether a broker says that the group changes, so that the member must join again at once. */
export function isGroupChange(error: unknown): boolean {
  return parts(error).some((part) => part instanceof ProtocolError && part['needsRejoin'] === true);
}

/** Whether a broker says that a partition has no such offset. */
export function isOutOfRange(errorCode: number): boolean {
  return errorCode === OFFSET_OUT_OF_RANGE;
}

/** @see https://kafka.apache.org/protocol.html#protocol_error_codes */
const OFFSET_OUT_OF_RANGE = 1;

/**
 * Whether brokers merely answer that something moves, as in every rebalance and every change of leaders: they are
 * there, and the next try will do. Not so when the answer says that the mapping cannot work.
 */
export function isPassing(error: unknown): boolean {
  return problemOf(error) === undefined && parts(error).every(isMove);
}

function isMove(part: unknown): boolean {
  return part instanceof ProtocolError && (part['needsRejoin'] === true || part['canRetry'] === true);
}

/** What failed, in one line: the client's own words for it, and those of its causes. */
export function describeFailure(error: unknown): string {
  if (error instanceof MultipleErrors) return error.errors.map(describeFailure).join('; ');
  if (!(error instanceof Error)) return String(error);
  const cause =
    error instanceof NetworkError && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
