import { expect, test } from '@jest/globals';
import type { PartitionOffsets } from '@order-events/kafka-tools';
import { backlog } from '../../../../local/event-source-mapping/scaling/backlog.ts';

function partition(overrides: Partial<PartitionOffsets>): PartitionOffsets {
  return { partition: 0, start: 0, end: 10, committed: 10, ...overrides };
}

test('the backlog counts the records that the log still contains, also without a commit', () => {
  const waiting = backlog([
    partition({ committed: 4 }),
    partition({ committed: undefined, start: 8 }),
    partition({ committed: 2, start: 9 }),
  ]);

  expect(waiting).toBe(6 + 2 + 1);
});
