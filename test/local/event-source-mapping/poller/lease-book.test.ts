import { expect, test } from '@jest/globals';
import { LeaseBook } from '../../../../local/event-source-mapping/poller/lease-book.ts';
import type {
  LeaseTurn,
  PartitionLease,
} from '../../../../local/event-source-mapping/poller/partition-lease.ts';
import { records } from '../builders.ts';
import { FakeGroup } from './fake-group.ts';

/** A book of the member m, whose first generation gives it partition 0 with the records 1 to 6. */
function aBook(): { book: LeaseBook; group: FakeGroup; lease: PartitionLease } {
  const group = new FakeGroup();
  const book = new LeaseBook({ topic: 't', readAhead: { records: 4, bytes: 1_000_000 } }, group);
  book.assign({ memberId: 'm', generationId: 1, partitions: [0] });
  const lease = leaseOf(book, 0);
  lease.push([1, 2, 3, 4, 5, 6], records([1, 2, 3, 4, 5, 6]), 0);
  group.calls.length = 0;
  return { book, group, lease };
}

function leaseOf(book: LeaseBook, partition: number): PartitionLease {
  const lease = book.leaseOf(partition);
  if (lease === undefined) throw new Error(`The book has no lease of partition ${partition}.`);
  return lease;
}

/** Takes the next records of partition 0 for a batch, which a call gets. */
function takeAndCall(book: LeaseBook, count: number): readonly LeaseTurn[] {
  const turns = book.take([{ topicPartition: { topic: 't', partition: 0 }, count }]);
  for (const turn of turns) turn.lease.called(turn);
  return turns;
}

function answered(book: LeaseBook, turns: readonly LeaseTurn[]): void {
  for (const turn of turns) book.answered(turn);
}

test.each([
  { story: 'stays with the same member in the next generation', ended: false },
  { story: 'ends when its partition is not assigned any more', partitions: [1], ended: true },
  { story: 'ends when its member got a new id', memberId: 'n', ended: true },
  { story: 'ends when its member skipped a generation', generationId: 3, ended: true },
])('a lease under an open call $story', ({ memberId = 'm', generationId = 2, partitions = [0], ended }) => {
  const { book, lease } = aBook();
  takeAndCall(book, 1);

  book.assign({ memberId, generationId, partitions });

  expect({ ended: lease.ended, isCurrent: book.leaseOf(0) === lease }).toStrictEqual({
    ended,
    isCurrent: !ended,
  });
});

test('a partition that was taken away and comes back has a new lease without records', () => {
  const { book, lease } = aBook();
  book.assign({ memberId: 'm', generationId: 2, partitions: [] });

  book.assign({ memberId: 'm', generationId: 3, partitions: [0] });

  expect({
    isNew: leaseOf(book, 0) !== lease,
    waiting: book.queues.map(({ length }) => length),
  }).toStrictEqual({
    isNew: true,
    waiting: [0],
  });
});

test.each([
  { story: 'is read on when that makes room', count: 3, calls: ['resume 0'] },
  { story: 'is not read on while enough waits', count: 2, calls: [] },
])('a partition of which a batch takes records $story', ({ count, calls }) => {
  const { book, group } = aBook();

  const turns = book.take([{ topicPartition: { topic: 't', partition: 0 }, count }]);

  expect({ taken: turns.map((turn) => turn.records.length), calls: group.calls }).toStrictEqual({
    taken: [count],
    calls,
  });
});

test('a partition whose lease ended under an open call is read again when that has been answered', () => {
  const { book, group } = aBook();
  const turns = takeAndCall(book, 2);
  book.assign({ memberId: 'm', generationId: 2, partitions: [] });

  book.assign({ memberId: 'm', generationId: 3, partitions: [0] });
  const whileCalled = [...group.calls];
  answered(book, turns);

  expect({ whileCalled, later: group.calls.slice(whileCalled.length) }).toStrictEqual({
    whileCalled: ['pause 0'],
    later: ['resume 0'],
  });
});

test('a partition whose lease ended under two open calls is read again when both have been answered', () => {
  const { book, group, lease } = aBook();
  const first = takeAndCall(book, 2);
  for (const turn of first) lease.letPass(turn, 0);
  const second = takeAndCall(book, 2);
  book.assign({ memberId: 'n', generationId: 2, partitions: [0] });
  group.calls.length = 0;

  answered(book, first);
  const afterOne = [...group.calls];
  answered(book, second);

  expect({ afterOne, afterBoth: group.calls }).toStrictEqual({ afterOne: [], afterBoth: ['resume 0'] });
});

test('a partition whose lease ended while no call was open is read again at once', () => {
  const { book, group } = aBook();
  answered(book, takeAndCall(book, 2));

  book.assign({ memberId: 'n', generationId: 2, partitions: [0] });

  expect(group.calls).toStrictEqual(['resume 0']);
});

test("a partition that is not the member's is not read when the call of its former lease has been answered", () => {
  const { book, group } = aBook();
  const turns = takeAndCall(book, 2);
  book.assign({ memberId: 'm', generationId: 2, partitions: [1] });
  group.calls.length = 0;

  answered(book, turns);

  expect(group.calls).toStrictEqual([]);
});

test('a lease that goes on has its partition neither paused nor read on by an answer', () => {
  const { book, group } = aBook();
  const turns = takeAndCall(book, 2);

  answered(book, turns);

  expect(group.calls).toStrictEqual([]);
});

test('a partition that stays while a batch holds it is not read', () => {
  const { book, group } = aBook();
  takeAndCall(book, 2);

  book.assign({ memberId: 'm', generationId: 2, partitions: [0] });

  expect(group.calls).toStrictEqual(['pause 0']);
});
