import { describe, expect, test } from '@jest/globals';
import { lagOf, type GroupReport } from '@order-events/kafka-tools';
import type { Growth } from '../../../cli/topics/growth-notes.ts';
import { growTopic, type GrowthPorts, type GrowthWish } from '../../../cli/topics/grow-topic.ts';

const WISH: GrowthWish = {
  topic: 'orders',
  to: 4,
  quietMs: 3_000,
  patienceMs: 20_000,
  ignoredGroups: new Set(),
};

/** A topic of two partitions, one group and a producer, in a time of its own. */
interface World extends GrowthPorts {
  readonly told: string[];
  readonly waitedFor: Set<string>;
  readonly noted: () => Growth | undefined;
  readonly partitions: () => number;
}

interface Story {
  /** Records in partition 0 at a time in milliseconds. */
  readonly end?: (now: number) => number;
  /** What the group has committed of it. */
  readonly committed?: (now: number) => number;
  readonly members?: number;
  /** How long the group takes to notice new partitions. */
  readonly noticesAfterMs?: number;
  readonly partitions?: number;
  readonly noted?: Growth;
  /** Called when the topic gets its partitions. */
  readonly raised?: () => void;
}

function aWorld({
  end = () => 5,
  committed = () => 5,
  members = 1,
  noticesAfterMs = 2_000,
  ...story
}: Story = {}): World {
  let [now, partitions, raisedAt] = [0, story.partitions ?? 2, Number.NEGATIVE_INFINITY];
  let noted = story.noted;
  const told: string[] = [];
  const waitedFor = new Set<string>();
  const ends = () => new Map(Array.from({ length: partitions }, (_, one) => [one, one === 0 ? end(now) : 0]));
  const group = (): GroupReport => {
    const taken = now - raisedAt >= noticesAfterMs ? partitions : 2;
    return {
      groupId: 'billing-group',
      state: 'Stable',
      lag: { kind: 'known', lag: 0 },
      members: Array.from({ length: members }, () => ({
        memberId: 'm',
        clientId: 'c',
        host: 'h',
        partitions: [{ topic: 'orders', partitions: Array.from({ length: taken }, (_, one) => one) }],
      })),
      partitions: [...ends()].map(([partition, last]) => ({
        topic: 'orders',
        partition,
        memberId: 'm',
        lag: lagOf(partition === 0 ? committed(now) : 0, { start: 0, end: last }),
      })),
    };
  };
  return {
    told,
    waitedFor,
    noted: () => noted,
    partitions: () => partitions,
    partitionCount: () => Promise.resolve(partitions),
    ends: () => Promise.resolve(ends()),
    groups: () => Promise.resolve([group()]),
    raise: (count) => {
      [partitions, raisedAt] = [count, now];
      story.raised?.();
      return Promise.resolve();
    },
    notes: {
      read: () => Promise.resolve(noted),
      write: (growth) => {
        noted = growth;
        return Promise.resolve();
      },
    },
    now: () => now,
    pause: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    tell: (line) => told.push(line),
    waiting: (text) => waitedFor.add(text),
  };
}

describe('growing a topic', () => {
  test('waits for producers and groups, adds the partitions, and waits until the groups have them', async () => {
    const world = aWorld({
      end: (now) => Math.min(9, 5 + now / 1_000),
      committed: (now) => Math.min(9, now / 1_000),
    });

    const result = await growTopic(WISH, world);

    expect({ result, told: world.told, noted: world.noted(), partitions: world.partitions() }).toEqual({
      result: { from: 2, to: 4, strayRecords: 0 },
      told: [
        'Nobody writes to orders, and every group has handled all records.',
        'orders now has 4 partitions, and had 2.',
      ],
      noted: {
        topic: 'orders',
        from: 2,
        to: 4,
        drainedAt: new Date(9_000).toISOString(),
        ends: { 0: 9, 1: 0 },
        doneAt: new Date(11_000).toISOString(),
      },
      partitions: 4,
    });
  });

  test('says what it waits for: producers, then groups, then their new partitions', async () => {
    const world = aWorld({
      end: (now) => Math.min(6, 5 + now / 1_000),
      committed: (now) => (now < 6_000 ? 0 : 6),
    });

    await growTopic(WISH, world);

    expect([...world.waitedFor]).toEqual([
      'Waiting for 3 s more without new records on orders',
      'Somebody still writes to orders (1 new records): stop the producers',
      'Waiting for 2 s more without new records on orders',
      'Waiting for 1 s more without new records on orders',
      'Waiting for lag 0: billing-group 6',
      'Waiting until these groups have the new partitions: billing-group 2 of 4',
    ]);
  });

  test('changes nothing while a producer keeps writing, and reports it', async () => {
    const world = aWorld({ end: (now) => now, committed: (now) => now });

    const failure = growTopic(WISH, world);

    await expect(failure).rejects.toThrow(
      'orders was not changed, because keys would lose their order:\n  Somebody still writes to orders: stop the producers.\n' +
        'Then run the command again.',
    );
    expect({ partitions: world.partitions(), noted: world.noted() }).toEqual({
      partitions: 2,
      noted: undefined,
    });
  });

  test.each([
    {
      story: 'that nobody is a member of',
      members: 0,
      says: /billing-group has lag 5 and no members: resume its mapping.*--ignore-group billing-group/,
    },
    { story: 'that does not get on', members: 1, says: /billing-group has lag 5: find out why/ },
  ])('changes nothing while a group has lag $story', async ({ members, says }) => {
    const world = aWorld({ committed: () => 0, members });

    await expect(growTopic(WISH, world)).rejects.toThrow(says);
    expect(world.partitions()).toBe(2);
  });

  test('does not wait for the lag of an excluded group', async () => {
    const world = aWorld({ committed: () => 0, members: 0 });

    await growTopic({ ...WISH, ignoredGroups: new Set(['billing-group']) }, world);

    expect(world.partitions()).toBe(4);
  });

  test('continues after a crash, without draining again', async () => {
    const crash = aWorld({
      raised: () => {
        throw new Error('crash');
      },
    });
    await expect(growTopic(WISH, crash)).rejects.toThrow('crash');
    const noted = crash.noted();
    const world = aWorld({ partitions: 4, ...(noted === undefined ? {} : { noted }) });

    const result = await growTopic(WISH, world);

    expect({ result, told: world.told }).toEqual({
      result: { from: 2, to: 4, strayRecords: 0 },
      told: ['An earlier run has added the 4 partitions of orders. Continuing from there.'],
    });
  });

  test('drains again after a crash before the partitions were added', async () => {
    const noted: Growth = {
      topic: 'orders',
      from: 2,
      to: 4,
      drainedAt: new Date(0).toISOString(),
      ends: { 0: 1, 1: 0 },
    };
    const world = aWorld({ noted });

    const { strayRecords } = await growTopic(WISH, world);

    expect({ strayRecords, ends: world.noted()?.ends }).toEqual({ strayRecords: 0, ends: { 0: 5, 1: 0 } });
  });

  test('counts the records that came in meanwhile', async () => {
    let late = 0;
    const world = aWorld({
      end: () => 5 + late,
      committed: () => 5 + late,
      raised: () => {
        late = 3;
      },
    });

    const { strayRecords } = await growTopic(WISH, world);

    expect(strayRecords).toBe(3);
  });

  test('can be finished later when a group does not take the new partitions', async () => {
    const world = aWorld({ noticesAfterMs: 1_000_000 });

    await expect(growTopic(WISH, world)).rejects.toThrow(
      /these groups do not have the new ones yet: billing-group 2 of 4\. .*run the command again/,
    );
    expect(world.noted()?.doneAt).toBeUndefined();
  });

  test('is refused to fewer partitions before anything is waited for', async () => {
    const world = aWorld();

    await expect(growTopic({ ...WISH, to: 1 }, world)).rejects.toThrow(
      'orders has 2 partitions and cannot shrink to 1.',
    );
    expect(world.waitedFor.size).toBe(0);
  });
});
