import { describe, expect, test } from '@jest/globals';
import {
  redriveLetters,
  type RedriveAnswer,
  type RedriveRequest,
} from '../../../functions/redrive/operations/redrive.ts';
import type { OperationPorts } from '../../../functions/redrive/ports.ts';
import { base64 } from '../kafka/kafka-events.ts';
import { everything } from './redrive-request.ts';
import { keyed, pointerTo, RedriveWorld } from './world.ts';

function redrive(
  world: RedriveWorld,
  request: Partial<RedriveRequest> = {},
  ports: Partial<OperationPorts> = {},
): Promise<RedriveAnswer> {
  return redriveLetters.run(world.ports(ports), { ...everything, ...request });
}

describe('a redrive', () => {
  test('applies what a message holds, by offset within a key, and deletes the messages', async () => {
    const world = new RedriveWorld();
    for (const offset of [7, 3, 5]) world.park(keyed(offset, 'order-1'));

    const answer = await redrive(world);

    expect(answer).toMatchObject({ end: 'done', counts: { applied: 3, leftOut: 0, failed: 0, heldBack: 0 } });
    expect(world.effects).toEqual(['0:3', '0:5', '0:7']);
    expect(world.messages.size).toBe(0);
  });

  test('reads what a pointer names from the topic, and leaves out what had its effect before', async () => {
    const world = new RedriveWorld();
    world.topicRecords.push(...[10, 11, 12, 14].map((offset) => keyed(offset, `order-${offset}`)));
    world.effects.push('0:11');
    world.send(pointerTo(0, 10, 14));

    const answer = await redrive(world);

    expect(answer).toMatchObject({ end: 'done', counts: { applied: 3, leftOut: 1, failed: 0, heldBack: 0 } });
    expect(world.deliveries).toEqual(
      new Map([
        ['0:10', 1],
        ['0:12', 1],
        ['0:14', 1],
      ]),
    );
    expect(world.messages.size).toBe(0);
  });

  test('holds back the later records of a key whose record fails again, and keeps their messages', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'bad'));
    world.park(keyed(2, 'good'));
    world.park(keyed(3, 'bad'));
    world.poison.set('0:1', 'event-invalid');

    const answer = await redrive(world);

    expect(answer).toMatchObject({
      counts: { applied: 1, leftOut: 0, failed: 1, heldBack: 1 },
      reasons: { applied: 1, 'failed event-invalid': 1, heldBack: 1 },
    });
    expect(world.effects).toEqual(['0:2']);
    expect(world.messages.size).toBe(2);
  });

  test('holds a record after exactly three tries, and tries it again only by force', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'bad'));
    world.surprises.add('0:1');
    for (let time = 1; time <= 3; time += 1) await redrive(world);

    const fourth = await redrive(world);
    const forced = await redrive(world, { force: true });

    expect(fourth).toMatchObject({ counts: { failed: 0 }, held: 1 });
    expect(forced).toMatchObject({ counts: { failed: 1 }, held: 0 });
    expect(world.deliveries.get('0:1')).toBe(4);
  });

  test('keeps one message of a record that is parked again and again', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'bad'));
    world.surprises.add('0:1');

    for (let time = 1; time <= 3; time += 1) await redrive(world);

    // The youngest was parked by the last try, and the next look finds it beside the one before.
    expect(world.messages.size).toBe(2);
  });

  test('lets nothing pass a held record of its key unless it is asked to', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'order-1'));
    world.park(keyed(2, 'order-1'));
    world.poison.set('0:1', 'event-invalid');
    for (let time = 1; time <= 3; time += 1) await redrive(world);

    const strict = await redrive(world);
    const passing = await redrive(world, { pastHeld: true });

    expect(strict).toMatchObject({ counts: { applied: 0, heldBack: 1 }, held: 1 });
    expect(passing).toMatchObject({ counts: { applied: 1, heldBack: 0 }, held: 1 });
  });

  test('lists the records that the topic has deleted, and keeps their messages', async () => {
    const world = new RedriveWorld();
    world.topicRecords.push(keyed(20, 'order-20'));
    world.topicStart = 20;
    world.send(pointerTo(0, 18, 20));
    world.send(pointerTo(0, 5, 6));

    const answer = await redrive(world);

    expect(answer).toMatchObject({ counts: { applied: 1 }, expired: ['0:5-6', '0:18-19'] });
    expect(world.messages.size).toBe(2);
  });

  test('keeps a malformed message as it is', async () => {
    const world = new RedriveWorld();
    world.send('{"half": ');

    const answer = await redrive(world);

    expect(answer).toMatchObject({ end: 'done', counts: { applied: 0, failed: 0 } });
    expect(world.messages.size).toBe(1);
  });

  test.each([
    { story: 'by reason', selection: { reasons: ['contact-refused'] }, applied: ['0:2'] },
    { story: 'by order', selection: { orders: ['order-3'] }, applied: ['1:3'] },
    { story: 'by partition', selection: { partitions: [1] }, applied: ['1:3'] },
    { story: 'by age, the older ones', selection: { olderThanMs: 60_000 }, applied: ['0:1', '0:2'] },
    { story: 'by age, the younger ones', selection: { youngerThanMs: 60_000 }, applied: ['1:3'] },
    { story: 'the first ones', selection: { first: 2 }, applied: ['0:1', '0:2'] },
  ])('takes only the records that are selected $story', async ({ selection, applied }) => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'order-1'));
    world.park(keyed(2, 'order-2'), { reason: 'contact-refused' });
    world.nowMs += 120_000;
    world.park(keyed(3, 'order-3', { partition: 1 }));

    await redrive(world, { selection });

    expect(world.effects.toSorted()).toEqual(applied);
    expect(world.messages.size).toBe(3 - applied.length);
  });

  test('does not let a record pass an earlier one of its key that is not selected', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'order-1'));
    world.park(keyed(2, 'order-1'), { reason: 'contact-refused' });

    const answer = await redrive(world, { selection: { reasons: ['contact-refused'] } });

    expect(answer).toMatchObject({ counts: { applied: 0, heldBack: 1 } });
  });

  test('stops when more records fail than may', async () => {
    const world = new RedriveWorld();
    for (let offset = 0; offset < 200; offset += 1) world.park(keyed(offset, `order-${offset}`));
    for (let offset = 0; offset < 200; offset += 2) world.poison.set(`0:${offset}`, 'event-invalid');

    const answer = await redrive(world, { stopAbovePercent: 20 });

    expect(answer).toMatchObject({
      end: 'stopped',
      why: '25 of 50 tried records failed, more than 20 %.',
      counts: { applied: 25, failed: 25 },
    });
  });

  test('keeps within 10 % of the rate that it is given', async () => {
    const world = new RedriveWorld();
    for (let offset = 0; offset < 400; offset += 1) world.park(keyed(offset, `order-${offset}`));
    const startedAt = world.nowMs;

    await redrive(world, { perSecond: 40 });

    const perSecond = 400 / ((world.nowMs - startedAt) / 1_000);
    expect(perSecond).toBeGreaterThan(36);
    expect(perSecond).toBeLessThanOrEqual(40);
  });

  test('fails only the record that ends its invocations', async () => {
    const world = new RedriveWorld();
    for (let offset = 0; offset < 20; offset += 1) world.park(keyed(offset, `order-${offset}`));
    world.killers.add('0:13');

    const answer = await redrive(world);

    expect(answer).toMatchObject({ counts: { applied: 19, failed: 1 } });
    expect(answer.told).toMatchObject([{ id: '0:13', orderId: 'order-13', outcome: 'failed' }]);
    expect(new Set(world.effects).size).toBe(world.effects.length);
  });

  test('counts no try while the store is away', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'order-1'));
    world.poison.set('0:1', 'store-unavailable');

    for (let time = 1; time <= 4; time += 1) await redrive(world);

    expect(world.tries.size).toBe(0);
  });

  test('takes records without a key in their order, together', async () => {
    const world = new RedriveWorld();
    for (const offset of [4, 2, 3]) world.park(keyed(offset, '', { key: null }));

    await redrive(world);

    expect(world.effects).toEqual(['0:2', '0:3', '0:4']);
    expect(world.deliveredAtMs).toHaveLength(1);
  });

  test('ends when the time of a call is over, and continues in the next call', async () => {
    const world = new RedriveWorld();
    for (let offset = 0; offset < 120; offset += 1) world.park(keyed(offset, `order-${offset}`));
    let calls = 0;
    const deadline = { remainingMs: () => ((calls += 1) > 1 ? 0 : 1) };

    const first = await redrive(world, {}, { deadline });
    const second = await redrive(world, { goOn: first.goOn });

    expect(first).toMatchObject({ end: 'more', counts: { applied: 50 } });
    expect(second).toMatchObject({ end: 'done', counts: { applied: 120 } });
  });

  test('does not try a record twice in one run, whatever number of calls it takes', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'bad'));
    world.poison.set('0:1', 'event-invalid');

    const first = await redrive(world);
    const second = await redrive(world, { goOn: first.goOn });

    expect(second.counts).toEqual(first.counts);
    expect(world.tries.get('0:1')?.runs.size).toBe(1);
  });

  test('is refused while another one is at work', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'order-1'));
    const ports = world.ports();
    const working = { runId: 'other', by: 'bob', sinceMs: world.nowMs };
    const pause = async (ms: number): Promise<void> => {
      await ports.memory.hold('billing', { ...working, untilMs: world.nowMs + 60_000 }, world.nowMs);
      world.nowMs += ms;
    };
    await pause(0);

    const answer = await redrive(world, {}, { pause });

    expect(answer).toMatchObject({ end: 'busy', why: expect.stringContaining('by bob') as unknown });
    expect(world.effects).toEqual([]);
  });

  test('takes over from one that died, when its lease is over', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'order-1'));
    const dead = { runId: 'dead', by: 'bob', sinceMs: world.nowMs, untilMs: world.nowMs + 30_000 };
    await world.ports().memory.hold('billing', dead, world.nowMs);

    const answer = await redrive(world);

    expect(answer).toMatchObject({ end: 'done', counts: { applied: 1 } });
  });

  test('writes to the journal the user, the operation and the outcome of each record', async () => {
    const world = new RedriveWorld();
    world.park(keyed(1, 'good'));
    world.park(keyed(2, 'bad', { value: base64({ customer: { email: 'ann@example.com' } }) }));
    world.poison.set('0:2', 'event-invalid');

    const { goOn } = await redrive(world);

    expect(world.journal).toEqual([
      {
        consumer: 'billing',
        runId: goOn.runId,
        operation: 'redrive',
        by: 'ann',
        atMs: world.nowMs,
        step: 1,
        what: 'everything',
        outcomes: { applied: ['0:1'], 'failed event-invalid': ['0:2'] },
      },
    ]);
  });
});
