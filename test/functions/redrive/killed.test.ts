import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { redriveLetters } from '../../../functions/redrive/operations/redrive.ts';
import { dyingPorts, type KillPoint } from '../../../tools/redrive/dying-ports.ts';
import { withoutDedupe } from '../../../tools/redrive/without-dedupe.ts';
import { everything } from './redrive-request.ts';
import { keyed, nameOf, RedriveWorld } from './world.ts';

const KEYS = 7;

/** Parked records of a few keys, some of which can never succeed and some of which are parked again by surprise. */
function parkedWorld(records: number, bad: readonly number[], surprising: readonly number[]): RedriveWorld {
  const world = new RedriveWorld();
  for (let offset = 0; offset < records; offset += 1) world.park(keyed(offset, `key-${offset % KEYS}`));
  for (const offset of bad) world.poison.set(`0:${offset}`, 'event-invalid');
  for (const offset of surprising) world.surprises.add(`0:${offset}`);
  return world;
}

/** An odd step is just before a call, an even one just after it. */
function pointOf(step: number): KillPoint {
  return { nth: Math.ceil(step / 2), when: step % 2 === 1 ? 'before' : 'after' };
}

/** Redrives until nothing changes any more, as a person would; each call may be killed. */
async function redriveUntilQuiet(world: RedriveWorld): Promise<void> {
  for (let time = 0; time < 6; time += 1) await redriveLetters.run(world.ports(), everything);
}

function judge(world: RedriveWorld, records: number): readonly string[] {
  const problems: string[] = [];
  const applied = new Set(world.effects);
  if (applied.size !== world.effects.length) problems.push('a second effect');
  const waiting = new Set([...world.messages.values()].map(({ body }) => nameOf(JSON.parse(body) as never)));
  for (let offset = 0; offset < records; offset += 1)
    if (!applied.has(`0:${offset}`) && !waiting.has(`0:${offset}`)) problems.push(`0:${offset} is lost`);
  for (let key = 0; key < KEYS; key += 1) {
    const ofKey = world.effects
      .map((name) => Number(name.slice(2)))
      .filter((offset) => offset % KEYS === key);
    if (ofKey.some((offset, index) => index > 0 && offset < (ofKey[index - 1] ?? 0)))
      problems.push('an inversion');
  }
  for (const [name, times] of world.deliveries)
    if (!applied.has(name) && times > 3) problems.push(`${name} tried ${times} times`);
  for (const [name, { runs }] of world.tries)
    if (!applied.has(name) && runs.size !== 3) problems.push(`${name} has ${runs.size} tries`);
  return problems;
}

describe('a redrive that is killed', () => {
  test('at each of its steps in turn loses nothing, doubles nothing and turns no key round', async () => {
    const records = 40;
    const reached: number[] = [];
    for (let step = 1; step <= 70; step += 1) {
      const world = parkedWorld(records, [3], [12]);
      const dying = dyingPorts(world.ports(), pointOf(step));
      await Promise.race([redriveLetters.run(dying.ports, everything), dying.died]);
      if (dying.isDead()) reached.push(step);
      world.nowMs += 120_000;
      await redriveUntilQuiet(world);

      expect({ step, problems: judge(world, records) }).toEqual({ step, problems: [] });
    }
    expect(reached.length).toBeGreaterThan(30);
  });

  test('again and again, beside another one, loses nothing, doubles nothing and turns no key round', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 3 }),
        async (steps, bad, surprising) => {
          const world = parkedWorld(60, bad, surprising);
          for (const step of steps) {
            const dying = dyingPorts(world.ports(), pointOf(step));
            const beside = redriveLetters.run(world.ports(), everything);
            await Promise.race([redriveLetters.run(dying.ports, everything), dying.died]);
            await beside;
            world.nowMs += 120_000;
          }
          await redriveUntilQuiet(world);

          expect(judge(world, 60)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is detected when it does not look for earlier effects', async () => {
    const world = parkedWorld(10, [], []);
    world.dedupes = false;
    const dying = dyingPorts(withoutDedupe(world.ports()), { call: 'deliver', nth: 1, when: 'after' });
    await Promise.race([redriveLetters.run(dying.ports, everything), dying.died]);
    world.nowMs += 120_000;

    await redriveLetters.run(withoutDedupe(world.ports()), everything);

    expect(judge(world, 10)).toContain('a second effect');
  });
});
