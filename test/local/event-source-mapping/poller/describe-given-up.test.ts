import { expect, test } from '@jest/globals';
import { describeGivenUp } from '../../../../local/event-source-mapping/poller/describe-given-up.ts';
import type { DeliveryResult } from '../../../../local/event-source-mapping/poller/send-to-destination.ts';
import { records } from '../builders.ts';

const TWO_PARTITIONS = [...records([41, 42, 44], { partition: 2 }), ...records([7], { partition: 3 })];

test.each<{ story: string; delivery: DeliveryResult; text: string }>([
  {
    story: 'are in the destination',
    delivery: { kind: 'delivered' },
    text: '4 records discarded: t-2 offsets 41 to 44, t-3 offset 7. The on-failure destination has them.',
  },
  {
    story: 'are lost when the destination rejected them',
    delivery: { kind: 'failed', error: new Error('connect ECONNREFUSED') },
    text:
      '4 records discarded: t-2 offsets 41 to 44, t-3 offset 7. They are LOST to this mapping, because the on-failure ' +
      'destination rejected them: connect ECONNREFUSED. Replay these offsets.',
  },
  {
    story: 'are lost when there is no destination',
    delivery: { kind: 'noDestination' },
    text:
      '4 records discarded: t-2 offsets 41 to 44, t-3 offset 7. They are LOST to this mapping, because it has no on-failure ' +
      'destination. Replay these offsets.',
  },
])('the log gives the coordinates of discarded records that $story', ({ delivery, text }) => {
  const described = describeGivenUp(TWO_PARTITIONS, delivery);

  expect(described).toBe(text);
});
