import type { BatchStatementResponse } from '@aws-sdk/client-dynamodb';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { partialError, storeRefused, storeUnavailable } from './store-failure.ts';
import type { StoredItem } from './stored-item.ts';

/** The result of one insertion of a batch. */
export type StatementFate =
  | { readonly kind: 'written' }
  /** The key is taken; the item under it is not always in the answer. */
  | { readonly kind: 'met'; readonly item: StoredItem | undefined }
  /** Nothing was written, and it may be sent again a little later. */
  | { readonly kind: 'busy'; readonly failure: EffectFailure }
  | { readonly kind: 'failed'; readonly failure: EffectFailure };

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html */
const TAKEN: ReadonlySet<string> = new Set(['DuplicateItem', 'ConditionalCheckFailed']);
const BUSY: ReadonlySet<string> = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);
const REFUSED: ReadonlySet<string> = new Set(['ItemCollectionSizeLimitExceeded', 'ValidationError']);

/** Total: an answer that is missing, or of a kind that is not known, says nothing of the write. */
export function statementFate(response: BatchStatementResponse | undefined): StatementFate {
  if (response === undefined) return failed('NoAnswer');
  if (response.Error === undefined) return { kind: 'written' };
  const { Code: code = 'UnknownError', Item: item } = response.Error;
  if (TAKEN.has(code)) return { kind: 'met', item };
  if (BUSY.has(code)) return { kind: 'busy', failure: storeUnavailable(partialError(code)) };
  return REFUSED.has(code) ? { kind: 'failed', failure: storeRefused(partialError(code)) } : failed(code);
}

function failed(code: string): StatementFate {
  return { kind: 'failed', failure: storeUnavailable(partialError(code)) };
}
