import { expect, test } from '@jest/globals';
import { groupTimeLeftMetric, type TimeLeft } from '@order-events/kafka-tools';

const TIMES: readonly TimeLeft[] = [
  { kind: 'left', ms: 90_500, because: 'retention.ms' },
  { kind: 'left', ms: -1, because: 'retention.ms' },
  { kind: 'gone', records: 3 },
  { kind: 'nothing' },
  { kind: 'forEver' },
  { kind: 'unknown', reason: 'topic-gone' },
];

test('the metric of a group is in seconds: 0 when it is too late, the whole retention when all is read', () => {
  const values = TIMES.map(
    (timeLeft) =>
      groupTimeLeftMetric({ groupId: 'g', topic: 't', timeLeft }, { ms: 604_800_000, bytes: undefined })
        ?.value,
  );

  expect(values).toEqual([90.5, 0, 0, 604_800, undefined, undefined]);
});
