import { describe, expect, test } from '@jest/globals';
import { startPoller, recordsOf } from './start-poller.ts';

test.each([
  {
    story: 'a partition waits while its batch is retried',
    holdPartition: true,
    open: [['0:1', '0:2']],
  },
  {
    story: 'without holdPartition newer records overtake those that are retried',
    holdPartition: false,
    open: [
      ['0:1', '0:2'],
      ['0:3', '0:4'],
    ],
  },
])('ESM-072 $story', async ({ holdPartition, open: expected }) => {
  const { group, open } = await startPoller({ holdPartition });
  group.assign('m', [0]);
  group.deliver(0, [1, 2, 3, 4]);
  const before = recordsOf(open);

  open[0]?.fail();

  expect({ before, after: recordsOf(open) }).toEqual({ before: [['0:1', '0:2']], after: expected });
});

describe('ESM-072 without holdPartition', () => {
  test('the batch that is tried for the first time holds its partition, whatever the result of retried ones', async () => {
    const { group, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0]);
    group.deliver(0, [1, 2, 3, 4, 5, 6]);
    const [first] = open;
    first?.fail();
    const second = open[1];

    first?.fail();
    await first?.succeed();
    const whileSecondIsTried = recordsOf(open);
    second?.fail();

    expect({ whileSecondIsTried, later: recordsOf(open) }).toEqual({
      whileSecondIsTried: [['0:3', '0:4']],
      later: [
        ['0:3', '0:4'],
        ['0:5', '0:6'],
      ],
    });
  });

  test('a batch that is retried keeps its slot', async () => {
    const { group, open } = await startPoller({ holdPartition: false, slots: 2 });
    group.assign('m', [0]);
    group.deliver(0, [1, 2, 3, 4, 5, 6]);
    const [first] = open;

    first?.fail();
    open[1]?.fail();
    const whileBothAreRetried = recordsOf(open);
    await first?.succeed();

    expect({ whileBothAreRetried, later: recordsOf(open) }).toEqual({
      whileBothAreRetried: [
        ['0:1', '0:2'],
        ['0:3', '0:4'],
      ],
      later: [
        ['0:3', '0:4'],
        ['0:5', '0:6'],
      ],
    });
  });

  test('overtaking records are committed when the retried records are resolved', async () => {
    const { group, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0]);
    group.deliver(0, [1, 2, 3, 4]);
    const [first] = open;
    first?.fail();

    await open[1]?.succeed();
    const whileRetried = [...group.commits];
    await first?.succeed();

    expect({ whileRetried, later: group.commits }).toEqual({ whileRetried: [], later: [{ 0: 5 }] });
  });

  test('ESM-035 filtered records of a partition are committed while those of another partition are retried', async () => {
    const { group, open, advance } = await startPoller({
      holdPartition: false,
      limits: { batchSize: 10, windowMs: 500, maximumPayloadBytes: 6_291_456 },
    });
    group.assign('m', [0, 1]);
    group.deliver(0, [1]);
    group.deliver(1, [7]);
    advance(500);
    open[0]?.turn.leases.get(1)?.progress.resolve([7]);
    open[0]?.fail();

    group.deliver(1, [8, 9], 'filtered');

    expect(group.commits).toEqual([{ 1: 10 }]);
  });

  test('a partition that stays with its member is read on after a rebalance, and records that were taken are skipped', async () => {
    const { group, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0, 1]);
    group.deliver(0, [1, 2, 3]);
    open[0]?.fail();
    open[1]?.fail();
    group.deliver(0, [4]);
    open[2]?.fail();
    group.calls.length = 0;

    group.assign('m', [0]);
    const asked = [...group.calls];
    group.deliver(0, [1, 2, 3, 4, 5]);

    expect({ asked, open: recordsOf(open) }).toEqual({
      asked: ['resume 0'],
      open: [['0:1', '0:2'], ['0:3'], ['0:4'], ['0:5']],
    });
  });

  test('a partition that a rebalance leaves while a batch holds it is read on when that batch is retried', async () => {
    const { group, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0]);
    group.deliver(0, [1, 2, 3]);
    group.assign('m', [0]);
    group.calls.length = 0;

    open[0]?.fail();

    expect(group.calls).toEqual(['resume 0']);
  });

  test('a partition that comes back is not read before the last open call of its former lease has ended', async () => {
    const { group, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0, 1]);
    group.deliver(0, [1, 2, 3, 4]);
    const [first] = open;
    first?.fail();
    const second = open[1];
    first?.turn.beginCall();
    group.assign('m', [1]);
    group.assign('m', [0, 1]);
    group.calls.length = 0;

    second?.fail();
    const whileOneIsOpen = [...group.calls];
    await first?.succeed();

    expect({ whileOneIsOpen, later: group.calls }).toEqual({ whileOneIsOpen: [], later: ['resume 0'] });
  });

  test('a rebalance that takes the partition ends the lease of every batch in flight', async () => {
    const { group, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0, 1]);
    group.deliver(0, [1, 2, 3, 4]);
    open[0]?.fail();

    group.assign('m', [1]);

    expect(open.map(({ turn }) => turn.leases.get(0)?.ended)).toEqual([true, true]);
  });

  test('a quiet poller lets nothing overtake', async () => {
    const { group, poller, open } = await startPoller({ holdPartition: false });
    group.assign('m', [0]);
    group.deliver(0, [1, 2, 3, 4]);
    void poller.quiesce();

    open[0]?.fail();

    expect(recordsOf(open)).toEqual([['0:1', '0:2']]);
  });
});
