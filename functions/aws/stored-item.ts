import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod/mini';
import type { RetryableFailure } from '../kernel/record-failure.ts';
import { err, ok, type Result } from '../kernel/result.ts';

export type StoredItem = Record<string, AttributeValue>;

/** Reads an item of our own table; undefined stays undefined. An item of another shape was not written by this version. */
export function readItem<T>(
  schema: z.ZodMiniType<T>,
  item: StoredItem | undefined,
): Result<T | undefined, RetryableFailure> {
  if (item === undefined) return ok(undefined);
  const parsed = schema.safeParse(unmarshall(item));
  return parsed.success ? ok(parsed.data) : err(UNREADABLE);
}

export const UNREADABLE: RetryableFailure = {
  code: 'unexpected',
  message: 'The item stored under this key is not as this function writes it; correct or delete it.',
};
