import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { ConditionalWrite, WriteAnswer } from '../idempotency/conditional-write.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { storeFailure } from './store-failure.ts';
import type { StoredItem } from './stored-item.ts';

/**
 * Sends a write that has a condition and asks for ALL_OLD, and reads the stored item when the condition fails: undefined
 * when there is none.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export async function writeConditionally<T>(
  send: () => Promise<unknown>,
  read: (stored: StoredItem | undefined) => Result<T, EffectFailure>,
): Promise<WriteAnswer<T>> {
  try {
    await send();
    return ok({ kind: 'written' } satisfies ConditionalWrite<T>);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) return err(storeFailure(error));
    const existing = read(error.Item);
    return existing.ok ? ok({ kind: 'met', existing: existing.value }) : existing;
  }
}
