import {
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  type CancellationReason,
} from '@aws-sdk/client-dynamodb';
import type { Reservation, StockTransaction } from '../ports.ts';
import type { EffectFailure } from '../../kernel/outcome-of-failure.ts';
import type { Result } from '../../kernel/result.ts';
import { errorName, isRefusal, storeRefused, storeUnavailable } from '../../aws/store-failure.ts';
import type { StoredItem } from '../../aws/stored-item.ts';

/** The item that an action of a transaction writes. The cancellation reasons have the order of the actions. */
export type Target =
  | { readonly kind: 'reservation'; readonly orderId: string }
  | { readonly kind: 'stock'; readonly sku: string };

export type ReadReservation = (
  orderId: string,
  stored: StoredItem | undefined,
) => Result<Reservation, EffectFailure>;

/**
 * The codes of cancellation reasons that end by themselves.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html
 */
const CONTENTION: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

/** The same as errors of the whole call. */
const THROTTLES: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

/** Sends a transaction and answers with what became of it, whatever happens. */
export async function sendTransaction(
  send: () => Promise<unknown>,
  targets: readonly Target[],
  read: ReadReservation,
): Promise<StockTransaction> {
  try {
    await send();
    return { kind: 'committed' };
  } catch (error) {
    return error instanceof TransactionCanceledException
      ? judgeReasons(error, targets, read)
      : judgeError(error);
  }
}

/** Reasons of several kinds can come together; the earlier ones of this list make the later ones moot. */
function judgeReasons(
  error: TransactionCanceledException,
  targets: readonly Target[],
  read: ReadReservation,
): StockTransaction {
  const reasons = (error.CancellationReasons ?? []).map((reason, index) => ({
    reason,
    target: targets[index],
  }));
  const failed = reasons.filter(({ reason }) => reason.Code === 'ConditionalCheckFailed');
  const met = failed.flatMap(({ reason, target }) =>
    target?.kind === 'reservation'
      ? [{ orderId: target.orderId, existing: read(target.orderId, reason.Item) }]
      : [],
  );
  if (met.length > 0) return { kind: 'reservationsMet', met };
  const skus = failed.flatMap(({ target }) => (target?.kind === 'stock' ? [target.sku] : []));
  if (skus.length > 0) return { kind: 'stockShort', skus };
  return judgeCodes(error, codesOf(error.CancellationReasons ?? []));
}

function codesOf(reasons: readonly CancellationReason[]): string[] {
  return reasons.map(({ Code }) => Code ?? 'None').filter((code) => code !== 'None');
}

function judgeCodes(cause: unknown, codes: readonly string[]): StockTransaction {
  if (codes.some((code) => CONTENTION.has(code)))
    return { kind: 'contended', failure: storeUnavailable(cause) };
  return codes.length === 0
    ? { kind: 'unknown', failure: storeUnavailable(cause) }
    : { kind: 'rejected', failure: storeRefused(cause) };
}

function judgeError(cause: unknown): StockTransaction {
  if (isRefusal(cause)) return { kind: 'rejected', failure: storeRefused(cause) };
  return isContention(cause)
    ? { kind: 'contended', failure: storeUnavailable(cause) }
    : { kind: 'unknown', failure: storeUnavailable(cause) };
}

function isContention(cause: unknown): boolean {
  return (
    cause instanceof TransactionConflictException ||
    cause instanceof TransactionInProgressException ||
    THROTTLES.has(errorName(cause))
  );
}
