import { expect, test } from '@jest/globals';
import { newDeadLetters, unhandled } from '../../../cli/smoke/smoke-problems.ts';
import { byConsumer } from '../../../lib/topology/by-consumer.ts';

test('a group that has not handled every order is named with those that are missing', () => {
  const handled = { ...byConsumer(() => ['a', 'b']), inventory: ['b'], notifications: [] };

  expect(unhandled(['a', 'b'], handled)).toEqual([
    'inventory has not handled 1 of 2 orders: a',
    'notifications has not handled 2 of 2 orders: a, b',
  ]);
});

test('messages that were in a dead-letter queue before are none of this run', () => {
  const before = { ...byConsumer(() => 0), billing: 1, notifications: 2 };
  const after = { ...byConsumer(() => 0), billing: 1, inventory: 3 };

  expect(newDeadLetters(before, after)).toEqual([
    'the dead-letter queue of inventory went from 0 to 3 messages',
  ]);
});
