import { expect, test } from '@jest/globals';
import { pollerRange } from '../../../../local/event-source-mapping/supervisor/poller-range.ts';

test.each([
  {
    story: 'provisioned pollers are bounded by the partitions',
    bounds: { minimumPollers: 2, maximumPollers: 10 },
    expected: { minimum: 2, maximum: 4 },
  },
  {
    story: 'the minimum is bounded too',
    bounds: { minimumPollers: 6, maximumPollers: 10 },
    expected: { minimum: 4, maximum: 4 },
  },
])('ESM-095 $story', ({ bounds, expected }) => {
  const range = pollerRange({ kind: 'provisioned', ...bounds, pollerGroupName: null }, 4);

  expect(range).toEqual(expected);
});
