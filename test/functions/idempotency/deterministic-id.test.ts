import { expect, test } from '@jest/globals';
import { deterministicId } from '../../../functions/idempotency/deterministic-id.ts';

test('the same parts always give the same id', () => {
  const id = deterministicId('INV', 'order.placed', 'order-1');

  expect(id).toBe('INV-a891a30364352856bd3b4ef6be3567ef');
});

test('parts that only read the same together give different ids', () => {
  const ids = new Set([deterministicId('X', 'ab', 'c'), deterministicId('X', 'a', 'bc')]);

  expect(ids.size).toBe(2);
});
