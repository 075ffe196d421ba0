import { expect, test } from '@jest/globals';
import { BatchTurn } from '../../../../local/event-source-mapping/poller/batch-turn.ts';
import { PartitionLease } from '../../../../local/event-source-mapping/poller/partition-lease.ts';
import { records } from '../builders.ts';

/** The turn of a batch that took a record each of the partitions 0 and 1, and what the poller hears of it. */
function aTurn({
  holdPartition,
  isMember = true,
}: {
  readonly holdPartition: boolean;
  readonly isMember?: boolean;
}) {
  const leases = [0, 1].map((partition) => new PartitionLease('t', partition));
  const leaseTurns = leases.map((lease) => {
    lease.push([1, 2], records([1, 2], { partition: lease.partition }), 0);
    return lease.take(1);
  });
  const heard: string[] = [];
  const turn = new BatchTurn(leaseTurns, {
    book: {
      answered: (answered) => {
        answered.lease.answered(answered);
        heard.push(`answered ${answered.lease.partition}`);
      },
      fetchMore: ({ partition }) => {
        heard.push(`fetch ${partition}`);
      },
    },
    holdPartition,
    stopping: new AbortController().signal,
    now: () => 0,
    passed: () => {
      heard.push('passed');
    },
    isMember: () => isMember,
    done: () => {
      heard.push('done');
    },
  });
  return { turn, leases, heard };
}

test('a turn has the function hold the records of all its partitions from when a call begins until it ends', () => {
  const { turn, leases, heard } = aTurn({ holdPartition: true });

  turn.beginCall();
  const during = leases.map(({ beingCalled }) => beingCalled);
  turn.endCall();

  expect({ during, after: leases.map(({ beingCalled }) => beingCalled), heard }).toStrictEqual({
    during: [true, true],
    after: [false, false],
    heard: ['answered 0', 'answered 1'],
  });
});

test.each([
  { story: 'newer records wait with holdPartition', holdPartition: true, held: [true, true], heard: [] },
  {
    story: 'newer records are read, and may be taken, without',
    holdPartition: false,
    held: [false, false],
    heard: ['fetch 0', 'fetch 1', 'passed'],
  },
])('ESM-072 when a retry is announced, $story', ({ holdPartition, held, heard: expected }) => {
  const { turn, leases, heard } = aTurn({ holdPartition });

  turn.announceRetry();

  expect({ held: leases.map((lease) => lease.held), heard }).toStrictEqual({ held, heard: expected });
});

test('a partition that was lost is not read when a retry is announced', () => {
  const { turn, leases, heard } = aTurn({ holdPartition: false });
  leases[0]?.end();

  turn.announceRetry();

  expect(heard).toStrictEqual(['fetch 1', 'passed']);
});

test('newer records are read and may be taken, and the slot is free, when the records of a turn are handled', () => {
  const { turn, leases, heard } = aTurn({ holdPartition: true });

  turn.handled();

  expect({ held: leases.map(({ held }) => held), heard }).toStrictEqual({
    held: [false, false],
    heard: ['fetch 0', 'fetch 1', 'done'],
  });
});

test('newer records wait for the commit of a member that may have been removed from its group', () => {
  const { turn, leases, heard } = aTurn({ holdPartition: true, isMember: false });

  turn.handled();

  expect({ held: leases.map(({ held }) => held), heard }).toStrictEqual({ held: [true, true], heard: [] });
});
