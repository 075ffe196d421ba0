import { expect, test } from '@jest/globals';
import type { ConsoleActions } from '../../../console/experiments/actions.ts';
import { ExperimentError, Experiments } from '../../../console/experiments/experiments.ts';
import { Permit } from '../../../console/server/permit.ts';
import { fakeActions } from '../builders.ts';

function anExperiment(over: Partial<ConsoleActions> = {}) {
  const permit = Permit.for('t', 't');
  if (permit === undefined) throw new Error('no permit');
  const done: string[] = [];
  const clock = { now: 1_000 };
  let id = 0;
  const experiments = new Experiments(
    { ...fakeActions(done), ...over },
    {
      changed: () => undefined,
      now: () => clock.now,
      newId: () => String((id += 1)),
    },
  );
  return {
    done,
    clock,
    experiments,
    run: (name: string, input: unknown) => experiments.run(permit, name, input),
  };
}

test.each([
  ['produce', { count: 5 }, 'produce 5 at any rate'],
  ['produce', { count: 5, rate: 2 }, 'produce 5 at 2'],
  ['pollers', { group: 'g', count: null }, 'pollers g auto'],
  ['kill', { group: 'g', pid: 12 }, 'kill g 12'],
  ['slow', { group: 'g', delayMs: 50, seconds: 3 }, 'disturb g 50 ms, store there, for 3000 ms'],
  ['breakStore', { group: 'g', seconds: 20 }, 'disturb g 0 ms, store gone, for 20000 ms'],
  ['poison', { kind: 'amount' }, 'poison amount'],
  ['join', { group: 'g' }, 'join g'],
  ['grow', { partitions: 8 }, 'grow to 8'],
])('%s does what it says and tells what to watch', async (name, input, expected) => {
  const { run, done } = anExperiment();

  const result = await run(name, input);

  expect({ done, watch: result.watch.length > 20 }).toEqual({ done: [expected], watch: true });
});

test('a growth says what it waits for, and a second one is refused meanwhile', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const { run, experiments } = anExperiment({
    growTopic: (_partitions, progress) => {
      progress('the producers are still writing');
      return promise;
    },
  });
  const first = run('grow', { partitions: 8 });
  const during = experiments.list();

  await expect(run('grow', { partitions: 9 })).rejects.toThrow('The topic grows already.');
  resolve(undefined);
  await first;

  expect([during, experiments.list()]).toEqual([
    [{ id: 'grow', what: 'grow the topic to 8 partitions', progress: 'the producers are still writing' }],
    [],
  ]);
});

test('a disturbance is listed until its time is over', async () => {
  const { run, clock, experiments } = anExperiment();
  await run('breakStore', { group: 'g', seconds: 20 });
  const during = experiments.list();
  clock.now += 20_000;

  const after = experiments.list();

  expect([during, after]).toEqual([
    [{ id: 'store/g', what: 'the table of g cannot be reached', progress: 'for 20 s', until: 21_000 }],
    [],
  ]);
});

test('an outside consumer leaves when it is told to, and when the console ends', async () => {
  const { run, done, experiments } = anExperiment();
  await run('join', { group: 'a' });
  await run('join', { group: 'b' });
  await run('leave', { id: '1' });

  await experiments.close();

  expect(done).toEqual(['join a', 'join b', 'leave a', 'leave b']);
});

test.each([
  ['dance', {}],
  ['toString', {}],
  ['produce', { count: 0 }],
  ['grow', { partitions: 25 }],
  ['leave', { id: 'unknown' }],
])('%s of %p is refused', async (name, input) => {
  const { run, done } = anExperiment();

  await expect(run(name, input)).rejects.toThrow(ExperimentError);
  expect(done).toEqual([]);
});

test.each([
  ['t', 't', true],
  ['x', 't', false],
  ['', '', false],
  [undefined, 't', false],
])('the token %p for %p gives a permit: %p', (token, runToken, isGiven) => {
  expect(Permit.for(token, runToken) !== undefined).toBe(isGiven);
});
