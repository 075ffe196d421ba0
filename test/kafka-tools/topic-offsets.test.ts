import { expect, test } from '@jest/globals';
import { topicOffsets } from '../../kafka-tools/topic-offsets.ts';

type Offsets = { partition: number; offset: string; high: string; low: string }[];

const TEN_RECORDS: Offsets = [{ partition: 0, offset: '12', high: '12', low: '2' }];

const failure = (type: string): Error => Object.assign(new Error(type), { type });

/** Brokers that fail so many times, and then know the topic. */
function brokers(failures: readonly Error[]) {
  const left = [...failures];
  const pauses: number[] = [];
  return {
    admin: {
      fetchTopicOffsets: (): Promise<Offsets> => {
        const next = left.shift();
        return next === undefined ? Promise.resolve(TEN_RECORDS) : Promise.reject(next);
      },
    },
    pauses,
    pause: (ms: number): Promise<void> => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
}

test('offsets of a topic that was just made are asked for again until its partitions have leaders', async () => {
  const { admin, pause, pauses } = brokers([
    failure('NOT_LEADER_FOR_PARTITION'),
    failure('LEADER_NOT_AVAILABLE'),
  ]);

  const offsets = await topicOffsets(admin, 'orders', pause);

  expect(offsets).toEqual([{ partition: 0, start: 2, end: 12 }]);
  expect(pauses).toEqual([100, 200]);
});

test('a partition that stays without a leader is an error after six seconds', async () => {
  const { admin, pause, pauses } = brokers(
    Array.from({ length: 7 }, () => failure('NOT_LEADER_FOR_PARTITION')),
  );

  const offsets = topicOffsets(admin, 'orders', pause);

  await expect(offsets).rejects.toThrow('NOT_LEADER_FOR_PARTITION');
  expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(6100);
});

test('any other failure is reported at once', async () => {
  const { admin, pause, pauses } = brokers([failure('TOPIC_AUTHORIZATION_FAILED')]);

  const offsets = topicOffsets(admin, 'orders', pause);

  await expect(offsets).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED');
  expect(pauses).toEqual([]);
});
