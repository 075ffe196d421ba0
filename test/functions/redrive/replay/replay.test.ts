import { describe, expect, test } from '@jest/globals';
import { planReplay } from '../../../../functions/redrive/operations/plan-replay.ts';
import {
  replayRecords,
  type ReplayAnswer,
  type ReplayRequest,
} from '../../../../functions/redrive/operations/replay.ts';
import type { OperationPorts } from '../../../../functions/redrive/ports.ts';
import { keyed, RedriveWorld } from '../world.ts';

const HOUR_MS = 3_600_000;

/** Twelve records of four keys in partition 0, all of which the group has read. */
function aWorld(): RedriveWorld {
  const world = new RedriveWorld();
  for (let offset = 0; offset < 12; offset += 1) {
    world.topicRecords.push(keyed(offset, `order-${offset % 4}`, { timestamp: world.nowMs - HOUR_MS }));
  }
  world.topicEnd = 12;
  world.committed.set(0, 12);
  return world;
}

function asking(overrides: Partial<ReplayRequest> = {}): ReplayRequest {
  return {
    operation: 'replay',
    consumer: 'billing',
    by: 'somebody',
    words: '0:0-11',
    ranges: [{ partition: 0, first: 0, last: 11 }],
    dryRun: false,
    ...overrides,
  };
}

/** Calls again as long as there is more. @returns the last answer. */
async function toEnd(ports: OperationPorts, request: ReplayRequest): Promise<ReplayAnswer> {
  const answer = await replayRecords.run(ports, request);
  return answer.end === 'more' ? toEnd(ports, { ...request, goOn: answer.goOn }) : answer;
}

describe('a replay', () => {
  test('has the effects that are missing once, in the order of each key, and leaves the others out', async () => {
    const world = aWorld();
    world.effects.push('0:0', '0:5');

    const answer = await replayRecords.run(world.ports(), asking());
    const again = await replayRecords.run(world.ports(), asking());

    const places = [...world.effects].map((name) => Number(name.split(':')[1]));
    const inversions = places
      .slice(2)
      .filter((offset, index) =>
        places.slice(2, 2 + index).some((other) => other % 4 === offset % 4 && other > offset),
      );
    expect({
      counts: [answer.counts, again.counts],
      effects: places.toSorted((a, b) => a - b),
      inversions,
      committed: world.committed.get(0),
      operations: [...new Set(world.journal.map(({ operation, by }) => `${operation} by ${by}`))],
    }).toEqual({
      counts: [
        { applied: 10, leftOut: 2, failed: 0, heldBack: 0 },
        { applied: 0, leftOut: 12, failed: 0, heldBack: 0 },
      ],
      effects: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      inversions: [],
      committed: 12,
      operations: ['replay by somebody'],
    });
  });

  test('takes exactly the offsets that it is asked for', async () => {
    const world = aWorld();

    await replayRecords.run(
      world.ports(),
      asking({
        ranges: [
          { partition: 0, first: 2, last: 3 },
          { partition: 0, first: 9, last: 9 },
        ],
      }),
    );

    expect(world.effects.toSorted()).toEqual(['0:2', '0:3', '0:9']);
  });

  test('takes one order', async () => {
    const world = aWorld();

    const { counts, read } = await replayRecords.run(world.ports(), asking({ orderId: 'order-1' }));

    expect({ counts, read, effects: world.effects.toSorted() }).toEqual({
      counts: { applied: 3, leftOut: 0, failed: 0, heldBack: 0 },
      read: 12,
      effects: ['0:1', '0:5', '0:9'],
    });
  });

  test('holds back the later records of a key that fails, also in a later call', async () => {
    const world = aWorld();
    world.poison.set('0:2', 'event-invalid');
    let calls = 0;
    const remainingMs = (): number => (calls += 1) % 2;
    const answer = await toEnd(world.ports({ deadline: { remainingMs } }), asking());

    expect({ counts: answer.counts, goOn: answer.goOn.ranges, effects: world.effects.length }).toEqual({
      counts: { applied: 9, leftOut: 0, failed: 1, heldBack: 2 },
      goOn: [],
      effects: 9,
    });
    expect(world.effects.some((name) => ['0:2', '0:6', '0:10'].includes(name))).toBe(false);
  });

  test('continues where a call ended, and has no effect twice', async () => {
    const world = aWorld();
    let calls = 0;
    const ports = world.ports({ deadline: { remainingMs: () => (calls += 1) % 2 } });

    const first = await replayRecords.run(ports, asking());
    const last = await toEnd(ports, asking({ goOn: first.goOn }));

    expect({
      first: first.end,
      last: [last.end, last.counts],
      deliveries: [...world.deliveries.values()],
    }).toEqual({
      first: 'more',
      last: ['done', { applied: 12, leftOut: 0, failed: 0, heldBack: 0 }],
      deliveries: Array.from({ length: 12 }, () => 1),
    });
  });

  test('reports the expected outcomes in a dry run, and changes nothing', async () => {
    const world = aWorld();
    world.effects.push('0:0');
    world.poison.set('0:3', 'event-invalid');

    const { counts, reasons } = await replayRecords.run(world.ports(), asking({ dryRun: true }));

    expect({ counts, reasons, deliveries: world.deliveries.size, journal: world.journal }).toEqual({
      counts: { applied: 8, leftOut: 1, failed: 1, heldBack: 2 },
      reasons: { applied: 8, 'leftOut duplicate': 1, 'failed event-invalid': 1, heldBack: 2 },
      deliveries: 0,
      journal: [],
    });
  });

  test('is refused for a record that is older than what the consumer remembers, before anything is delivered', async () => {
    const world = aWorld();
    world.remembersMs = HOUR_MS / 2;

    await expect(replayRecords.run(world.ports(), asking())).rejects.toThrow(
      /^The record 0:0 is of .* an older effect could happen a second time\. Begin later, with --from /,
    );
    expect(world.deliveries.size).toBe(0);
  });

  test('of a consumer that remembers for ever is refused at no age', async () => {
    const world = aWorld();
    world.remembersMs = undefined;
    world.nowMs += 1_000 * HOUR_MS;

    expect((await replayRecords.run(world.ports(), asking())).counts.applied).toBe(12);
  });
});

describe('the plan of a replay', () => {
  test('ends where the group has read to, and begins with what is left', async () => {
    const world = aWorld();
    world.topicStart = 3;
    world.committed.set(0, 10);

    const plan = await planReplay.run(world.ports(), {
      operation: 'planReplay',
      consumer: 'billing',
      from: { kind: 'time', timeMs: world.nowMs - 2 * HOUR_MS },
      partitions: [0],
    });

    expect(plan).toEqual({
      groupId: 'billing-group',
      ranges: [{ partition: 0, first: 3, last: 9 }],
      offsets: 7,
      deleted: [],
      unread: [],
    });
  });

  test('lists the requested records that are deleted or have not been read', async () => {
    const world = aWorld();
    world.topicStart = 3;
    world.committed.set(0, 10);

    const { ranges, deleted, unread } = await planReplay.run(world.ports(), {
      operation: 'planReplay',
      consumer: 'billing',
      ranges: [{ partition: 0, first: 1, last: 11 }],
    });

    expect({ ranges, deleted, unread }).toEqual({
      ranges: [{ partition: 0, first: 3, last: 9 }],
      deleted: [{ partition: 0, first: 1, last: 2 }],
      unread: [{ partition: 0, first: 10, last: 11 }],
    });
  });
});
