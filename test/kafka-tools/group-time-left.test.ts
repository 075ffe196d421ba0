import { expect, test } from '@jest/globals';
import { groupTimesLeft, lagOf, type GroupReport, type TimeLeftSource } from '@order-events/kafka-tools';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const WEEK = { ms: 168 * HOUR, bytes: undefined };

interface Stand {
  readonly committed: number | undefined;
  readonly start: number;
  readonly end: number;
}

function aGroup(groupId: string, stands: readonly Stand[], topic = 'orders'): GroupReport {
  return {
    groupId,
    state: 'Stable',
    members: [],
    lag: { kind: 'known', lag: 0 },
    partitions: stands.map(({ committed, ...range }, partition) => ({
      topic,
      partition,
      memberId: undefined,
      lag: lagOf(committed, range),
    })),
  };
}

/** A topic whose record with offset n is n hours old less than 160. */
function aSource(): { source: TimeLeftSource; reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    source: {
      topic: 'orders',
      read: async function* (partition, from, to) {
        reads.push(`${partition}:${from}`);
        for (let offset = from; offset < to; offset += 1) {
          yield await Promise.resolve({
            topic: 'orders',
            partition,
            offset,
            timestamp: NOW - (160 - offset) * HOUR,
            timestampType: 'CREATE_TIME' as const,
            key: null,
            value: null,
            headers: [],
          });
        }
      },
      partitionBytes: () => Promise.resolve(new Map([[0, 1_000]])),
    },
  };
}

test('a group has as long as its oldest unread record, over all partitions', async () => {
  const { source } = aSource();
  const groups = [
    aGroup('behind', [
      { committed: 40, start: 0, end: 50 },
      { committed: 10, start: 0, end: 50 },
    ]),
    aGroup('done', [{ committed: 50, start: 0, end: 50 }]),
    aGroup('new', [{ committed: undefined, start: 20, end: 50 }]),
    aGroup('too late', [{ committed: 3, start: 20, end: 50 }]),
    aGroup('elsewhere', [{ committed: 3, start: 20, end: 50 }], 'another topic'),
  ];

  const times = await groupTimesLeft(source, groups, { retention: WEEK, now: NOW });

  expect(times).toEqual([
    {
      groupId: 'behind',
      partition: 1,
      offset: 10,
      timeLeft: { kind: 'left', ms: 18 * HOUR, because: 'retention.ms' },
    },
    { groupId: 'done', timeLeft: { kind: 'nothing' } },
    {
      groupId: 'new',
      partition: 0,
      offset: 20,
      timeLeft: { kind: 'left', ms: 28 * HOUR, because: 'retention.ms' },
    },
    { groupId: 'too late', partition: 0, offset: 20, timeLeft: { kind: 'gone', records: 17 } },
  ]);
});

test('groups that stand at one record have it read once', async () => {
  const { source, reads } = aSource();
  const stand = { committed: 7, start: 0, end: 9 };

  await groupTimesLeft(source, [aGroup('a', [stand]), aGroup('b', [stand])], { retention: WEEK, now: NOW });

  expect(reads).toEqual(['0:7']);
});

test('a limit of bytes is calculated with the size of the partition and how fast it grew', async () => {
  const { source } = aSource();
  const retention = { ms: undefined, bytes: 1_000 };

  const times = await groupTimesLeft(source, [aGroup('behind', [{ committed: 51, start: 0, end: 101 }])], {
    retention,
    now: NOW,
  });

  const behind = (1_000 * 50) / 101;
  expect(times).toEqual([
    {
      groupId: 'behind',
      partition: 0,
      offset: 51,
      timeLeft: { kind: 'left', ms: (1_000 - behind) / (1_000 / (100 * HOUR)), because: 'retention.bytes' },
    },
  ]);
});

test('a record that cannot be read makes the time unknown, with the reason', async () => {
  const { source } = aSource();
  const broken: TimeLeftSource = {
    ...source,
    read: () => {
      throw new Error('no leader');
    },
  };

  const times = await groupTimesLeft(broken, [aGroup('behind', [{ committed: 7, start: 0, end: 9 }])], {
    retention: WEEK,
    now: NOW,
  });

  expect(times).toEqual([
    {
      groupId: 'behind',
      partition: 0,
      offset: 7,
      timeLeft: { kind: 'unknown', reason: 'the record cannot be read (Error: no leader)' },
    },
  ]);
});
