import { MultipleErrors, NetworkError, ProtocolError } from '@platformatic/kafka';
import { problemOf } from '../../retry/mapping-problem.ts';

/** Lists the errors inside a client error: broker answers by partition, or several tries. */
function parts(error: unknown): readonly unknown[] {
  return error instanceof MultipleErrors ? error.errors.flatMap(parts) : [error];
}

/** Returns whether a broker reports that the group is changing, so that the member must rejoin at once. */
export function isGroupChange(error: unknown): boolean {
  return parts(error).some((part) => part instanceof ProtocolError && part['needsRejoin'] === true);
}

/** Returns whether a broker reports that the offset does not exist in the partition. */
export function isOutOfRange(errorCode: number): boolean {
  return errorCode === OFFSET_OUT_OF_RANGE;
}

/** @see https://kafka.apache.org/protocol.html#protocol_error_codes */
const OFFSET_OUT_OF_RANGE = 1;

/**
 * Returns whether brokers only report a change in progress, such as a rebalance or a new leader. The brokers are
 * reachable, and the next try will succeed. False when the answer means that the mapping cannot work.
 */
export function isPassing(error: unknown): boolean {
  return problemOf(error) === undefined && parts(error).every(isMove);
}

function isMove(part: unknown): boolean {
  return part instanceof ProtocolError && (part['needsRejoin'] === true || part['canRetry'] === true);
}

/** Describes a failure in one line: the client's message, and those of its causes. */
export function describeFailure(error: unknown): string {
  if (error instanceof MultipleErrors) return error.errors.map(describeFailure).join('; ');
  if (!(error instanceof Error)) return String(error);
  const cause =
    error instanceof NetworkError && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
