import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { LetterActions } from '../../../console/failures/actions.ts';
import { Failures } from '../../../console/failures/failures.ts';
import type { LetterListView } from '../../../console/model/failures.ts';
import type { LetterSources } from '../../../console/ports.ts';
import { Permit } from '../../../console/server/permit.ts';
import { aLetter, fakeLetterActions, fakeLetters } from '../builders.ts';

interface World {
  readonly failures: Failures;
  /** What was asked of the queues, in order. */
  readonly asked: string[];
  readonly done: string[];
  readonly changes: () => number;
  depth: number;
  now: number;
}

/** Failures of a queue whose depth and clock a test can set. */
function aWorld({
  letters = {},
  actions,
}: { letters?: Partial<LetterSources>; actions?: Partial<LetterActions> } = {}): World {
  const [asked, done]: [string[], string[]] = [[], []];
  const sources = fakeLetters([aLetter()]);
  let changes = 0;
  const world = { asked, done, changes: () => changes, depth: 1, now: 0 };
  const failures = new Failures({
    sources: {
      ...sources,
      depths: () => Promise.resolve({ billing: world.depth }),
      list: (consumer) => {
        asked.push(`list ${consumer}`);
        return sources.list(consumer);
      },
      ...letters,
    },
    actions: { ...fakeLetterActions(done), ...actions },
    changed: () => {
      changes += 1;
    },
    now: () => world.now,
  });
  return Object.assign(world, { failures });
}

function aPermit(): Permit {
  const permit = Permit.for('token', 'token');
  if (permit === undefined) throw new Error('The token is the right one.');
  return permit;
}

const choice = { force: false };

describe('the queues', () => {
  test('are listed before they were counted, and told of when a count is another', async () => {
    const world = aWorld();
    const before = world.failures.queues();

    await world.failures.count();
    await world.failures.count();

    expect({ before, after: world.failures.queues(), changes: world.changes() }).toEqual({
      before: [
        { consumer: 'billing', groupId: 'billing-group' },
        { consumer: 'inventory', groupId: 'inventory-group' },
      ],
      after: [
        { consumer: 'billing', groupId: 'billing-group', depth: 1 },
        { consumer: 'inventory', groupId: 'inventory-group' },
      ],
      changes: 1,
    });
  });
});

describe('a look into a queue', () => {
  test('is one for all who ask within five seconds', async () => {
    const world = aWorld();
    await world.failures.count();

    await Promise.all([world.failures.list('billing'), world.failures.list('billing')]);
    world.now = 4_999;
    await world.failures.list('billing');

    expect(world.asked).toEqual(['list billing']);
  });

  test.each([
    {
      story: 'the number of messages changes',
      change: async (world: World) => ((world.depth = 2), world.failures.count()),
    },
    {
      story: 'five seconds are over',
      change: async (world: World) => {
        world.now = 5_000;
      },
    },
    {
      story: 'a redrive was done',
      change: async (world: World) => {
        await world.failures.work(aPermit(), 'redrive', { consumer: 'billing', choice });
      },
    },
  ])('is taken anew when $story', async ({ change }) => {
    const world = aWorld();
    await world.failures.count();
    await world.failures.list('billing');

    await change(world);
    await world.failures.list('billing');

    expect(world.asked).toEqual(['list billing', 'list billing']);
  });

  test('is not taken while there is work: who asks gets what was seen before, or waits', async () => {
    const { promise, resolve } = Promise.withResolvers<{ text: string }>();
    const world = aWorld({ actions: { redrive: () => promise } });
    const work = world.failures.work(aPermit(), 'redrive', { consumer: 'billing', choice });
    const first = world.failures.list('billing');
    const during = [...world.asked];
    resolve({ text: 'done' });
    await Promise.all([work, first]);
    const again = aWorld({ actions: { redrive: () => new Promise(() => undefined) } });
    await again.failures.list('billing');
    void again.failures.work(aPermit(), 'redrive', { consumer: 'billing', choice });
    again.now = 60_000;

    const seen = await again.failures.list('billing');

    expect({ during, after: world.asked, rows: seen.rows.length, again: again.asked }).toEqual({
      during: [],
      after: ['list billing'],
      rows: 1,
      again: ['list billing'],
    });
  });

  test('that is under way is waited for before work begins', async () => {
    const { promise, resolve } = Promise.withResolvers<LetterListView>();
    const world = aWorld({ letters: { list: () => promise } });
    const look = world.failures.list('billing');
    const work = world.failures.work(aPermit(), 'redrive', { consumer: 'billing', choice });
    await setImmediate();
    const during = [...world.done];
    resolve({ consumer: 'billing', rows: [], moreRows: 0, messages: 0, withOthers: 0 });
    await Promise.all([look, work]);

    expect([during, world.done]).toEqual([[], ['redrive billing {"force":false}']]);
  });

  test('that failed is tried anew', async () => {
    let tries = 0;
    const world = aWorld({
      letters: {
        list: () => {
          tries += 1;
          return Promise.reject(new Error('the queue does not answer'));
        },
      },
    });

    await expect(world.failures.list('billing')).rejects.toThrow('the queue does not answer');
    await expect(world.failures.list('billing')).rejects.toThrow('the queue does not answer');

    expect(tries).toBe(2);
  });
});

describe('work on letters', () => {
  test.each(['rehearse', 'redrive'] as const)('%s is done with the choice', async (kind) => {
    const world = aWorld();

    const result = await world.failures.work(aPermit(), kind, {
      consumer: 'billing',
      choice: { reason: 'event-invalid', first: 2, force: true },
    });

    expect({ result, done: world.done }).toEqual({
      result: { text: `${kind} of billing is done` },
      done: [`${kind} billing {"reason":"event-invalid","first":2,"force":true}`],
    });
  });

  test('says how far it is, refuses a second one, and is over when it failed', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const world = aWorld({
      actions: {
        redrive: (_consumer, _choice, tell) => {
          tell('3 applied so far');
          return promise;
        },
      },
    });
    const wish = { consumer: 'billing', choice };
    const first = world.failures.work(aPermit(), 'redrive', wish);
    await setImmediate();
    const during = world.failures.queues()[0]?.atWork;
    const second = world.failures.work(aPermit(), 'rehearse', wish);

    await expect(second).rejects.toThrow('There is work under way on billing.');
    reject(new Error('the function does not answer'));
    await expect(first).rejects.toThrow('the function does not answer');

    expect([during, world.failures.queues()[0]?.atWork]).toEqual(['3 applied so far', undefined]);
  });

  test.each([
    ['another consumer', { consumer: '__proto__', choice }, 'There are: billing, inventory.'],
    ['no force', { consumer: 'billing', choice: {} }, 'force'],
    [
      'a field that it does not know',
      { consumer: 'billing', choice: { force: true, contact: true } },
      'contact',
    ],
    ['no record at all', { consumer: 'billing', choice: { force: true, first: 0 } }, 'first'],
  ])('is refused for %s', async (_what, wish, message) => {
    const world = aWorld();

    await expect(world.failures.work(aPermit(), 'redrive', wish)).rejects.toThrow(message);

    expect(world.done).toEqual([]);
  });
});
