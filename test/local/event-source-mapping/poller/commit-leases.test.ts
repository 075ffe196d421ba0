import { expect, test } from '@jest/globals';
import { createCommitLeases } from '../../../../local/event-source-mapping/poller/commit-leases.ts';
import type { CommitResult } from '../../../../local/event-source-mapping/poller/consumer/group-consumer.ts';
import { PartitionLease } from '../../../../local/event-source-mapping/poller/partition-lease.ts';

const REFUSED: CommitResult = { kind: 'refused', error: new Error('rebalance in progress') };

/** A lease of a partition whose records up to this offset, from 0 on, are resolved. */
function resolvedLease(partition: number, last: number): PartitionLease {
  const lease = new PartitionLease('orders', partition);
  const offsets = Array.from({ length: last + 1 }, (_, offset) => offset);
  lease.progress.polled(offsets);
  lease.progress.resolve(offsets);
  return lease;
}

/** Commits at a broker that answers when the test says so. The interval after a commit ends at once, by default. */
function setUp(interval: () => Promise<void> = () => Promise.resolve()) {
  const asked: Record<number, number>[] = [];
  const answers: ((result: CommitResult) => void)[] = [];
  const commitLeases = createCommitLeases({
    consumer: {
      commit: (offsets) => {
        asked.push(Object.fromEntries(offsets));
        return new Promise((resolve) => answers.push(resolve));
      },
    },
    emit: () => undefined,
    delay: () => Promise.resolve(),
    interval,
  });
  const commit = (...leases: PartitionLease[]): Promise<void> =>
    commitLeases(leases, new AbortController().signal);
  const answer = async (result: CommitResult = { kind: 'committed' }): Promise<void> => {
    answers.shift()?.(result);
    await new Promise(setImmediate);
  };
  return { asked, commit, answer };
}

test('commits that are asked for during another go together with the next', async () => {
  const { asked, commit, answer } = setUp();
  const ended: string[] = [];
  void commit(resolvedLease(0, 4)).then(() => ended.push('first'));
  void commit(resolvedLease(1, 1)).then(() => ended.push('second'));
  void commit(resolvedLease(2, 7)).then(() => ended.push('third'));

  await answer();
  const afterFirst = [...ended];
  await answer();

  expect({ asked, afterFirst, ended }).toEqual({
    asked: [{ 0: 5 }, { 1: 2, 2: 8 }],
    afterFirst: ['first'],
    ended: ['first', 'second', 'third'],
  });
});

test('a lease that ends while its commit waits is not committed', async () => {
  const { asked, commit, answer } = setUp();
  const lost = resolvedLease(1, 1);
  void commit(resolvedLease(0, 4));
  const waiting = commit(lost, resolvedLease(2, 7));
  lost.end();

  await answer();
  await answer();
  await waiting;

  expect(asked).toEqual([{ 0: 5 }, { 2: 8 }]);
});

test('a refused commit is sent again before those that wait', async () => {
  const { asked, commit, answer } = setUp();
  void commit(resolvedLease(0, 4));
  const waiting = commit(resolvedLease(1, 1));

  await answer(REFUSED);
  await answer();
  await answer();
  await waiting;

  expect(asked).toEqual([{ 0: 5 }, { 0: 5 }, { 1: 2 }]);
});

test('a commit begins at once when none is on its way', async () => {
  const { asked, commit, answer } = setUp();
  const lease = resolvedLease(0, 4);
  void commit(lease);
  await answer();
  lease.progress.polled([5]);
  lease.progress.resolve([5]);

  void commit(lease);

  expect(asked).toEqual([{ 0: 5 }, { 0: 6 }]);
});

test('a commit begins when the one before has ended and its interval is over, with all that was asked for until then', async () => {
  const over = Promise.withResolvers<void>();
  const { asked, commit, answer } = setUp(() => over.promise);
  void commit(resolvedLease(0, 4));
  await answer();
  const first = commit(resolvedLease(1, 1));
  const second = commit(resolvedLease(2, 7));
  const before = [...asked];

  over.resolve();
  await new Promise(setImmediate);
  await answer();
  await Promise.all([first, second]);

  expect({ before, asked }).toEqual({ before: [{ 0: 5 }], asked: [{ 0: 5 }, { 1: 2, 2: 8 }] });
});

test('a commit ends with the answer of the broker, not with its interval', async () => {
  const { commit, answer } = setUp(() => new Promise(() => undefined));
  const done = commit(resolvedLease(0, 4));

  await answer();

  await expect(done).resolves.toBeUndefined();
});
