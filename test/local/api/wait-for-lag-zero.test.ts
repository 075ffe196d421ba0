import { expect, test } from '@jest/globals';
import type { PartitionOffsets } from '@order-events/kafka-tools';
import { waitForLagZero, type LagQuestions } from '../../../local/api/wait-for-lag-zero.ts';
import type { MappingReport } from '../../../local/environment/control/mapping-report.ts';

const mapping: MappingReport = {
  uuid: 'u',
  functionName: 'count-clicks',
  consumerGroupId: 'clicks-group',
  topic: 'clicks',
  state: 'Enabled',
  lastProcessingResult: 'PROBLEM: Function call failed',
  givenUp: { delivered: 0, dropped: 0 },
  pollers: [],
};

const partition = (committed: number | undefined, end: number): PartitionOffsets => ({
  partition: 0,
  start: 0,
  end,
  committed,
});

/** Brokers that answer each question with the next of the commits, and with the last ever after. */
function committing(commits: readonly (number | undefined)[], end = 2): LagQuestions & { asked(): number } {
  let asked = 0;
  return {
    asked: () => asked,
    mappings: () => Promise.resolve([mapping]),
    offsets: () => {
      const committed = commits[Math.min(asked, commits.length - 1)];
      asked += 1;
      return Promise.resolve([partition(committed, end)]);
    },
  };
}

test('a group is waited for until it has committed every record', async () => {
  const brokers = committing([undefined, 1, 2]);

  await waitForLagZero('clicks-group', brokers);

  expect(brokers.asked()).toBe(3);
});

test('a topic without a record is not waited for', async () => {
  const brokers = committing([undefined], 0);

  await waitForLagZero('clicks-group', brokers);

  expect(brokers.asked()).toBe(1);
});

test('a group that does not catch up in time is reported with its lag and the last result of its mapping', async () => {
  const waiting = waitForLagZero('clicks-group', committing([1]), { timeoutMs: 0 });

  await expect(waiting).rejects.toThrow(
    'Group clicks-group has 1 records still to commit after 0 ms (count-clicks on topic clicks is Enabled, ' +
      'last result: PROBLEM: Function call failed)',
  );
});

test('a group that no mapping has is refused at once, with those that there are', async () => {
  const waiting = waitForLagZero('click-group', committing([1]));

  await expect(waiting).rejects.toThrow(
    'No event source mapping has the consumer group click-group; there are clicks-group.',
  );
});
