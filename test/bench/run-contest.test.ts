import { expect, test } from '@jest/globals';
import type { Contest, Contestant } from '../../bench/harness/bench.ts';
import { runContest } from '../../bench/harness/run-contest.ts';

const SETTINGS = { isQuick: false, rounds: 3 };
const silent = () => undefined;

/** Comes to one value a round, and tells in which order rounds were run. */
function contestant(name: string, values: readonly number[], turns: string[] = []): Contestant {
  return {
    name,
    measure: (round) => {
      turns.push(`${name} ${round}`);
      return Promise.resolve({ cost: values[round] ?? Number.NaN });
    },
  };
}

function aContest(overrides: Partial<Contest>): Contest {
  return {
    title: 'a contest',
    work: [],
    metrics: [{ name: 'cost', title: 'cost', digits: 0 }],
    contestants: [],
    ratios: [],
    bounds: [],
    chart: { title: 'cost', metric: 'cost' },
    ...overrides,
  };
}

test('contestants take turns in each round, after one round to warm up', async () => {
  const turns: string[] = [];
  const contestants = [contestant('a', [1, 1], turns), contestant('b', [2, 2], turns)];

  await runContest(aContest({ contestants }), { ...SETTINGS, rounds: 2 }, silent);

  expect(turns).toEqual(['a -1', 'b -1', 'a 0', 'b 0', 'a 1', 'b 1']);
});

test.each([
  { story: 'long work, quick run', turns: 'long', isQuick: true, expected: ['a 0'] },
  { story: 'long work, whole run', turns: 'long', isQuick: false, expected: ['a -1', 'a 0', 'a 1'] },
  { story: 'work that continues, whole run', turns: 'once', isQuick: false, expected: ['a 0'] },
] as const)('the turns of a contestant fit its work: $story', async ({ turns, isQuick, expected }) => {
  const taken: string[] = [];
  const contest = aContest({ contestants: [contestant('a', [1, 1], taken)], turns });

  await runContest(contest, { rounds: 2, isQuick }, silent);

  expect(taken).toEqual(expected);
});

test('a ratio compares two contestants within a round, so that a slow round of all of them changes nothing', async () => {
  const contestants = [contestant('ours', [10, 1_000, 12]), contestant('theirs', [20, 2_000, 24])];
  const ratio = { title: 'theirs to ours', metric: 'cost', of: 'theirs', to: 'ours' };

  const { judged } = await runContest(aContest({ contestants, ratios: [ratio] }), SETTINGS, silent);

  expect(judged).toEqual([{ title: 'theirs to ours', spread: { median: 2, least: 2, most: 2 } }]);
});

test.each([
  { story: 'at least, reached', is: 'at least', value: 12, isMet: true },
  { story: 'at least, missed', is: 'at least', value: 13, isMet: false },
  { story: 'at most, reached', is: 'at most', value: 12, isMet: true },
  { story: 'at most, missed', is: 'at most', value: 11, isMet: false },
] as const)('a goal is judged by the median: $story', async ({ is, value, isMet }) => {
  const bound = { title: 'cost', metric: 'cost', of: 'ours', goal: { is, value } };
  const contestants = [contestant('ours', [1, 12, 99])];

  const { judged } = await runContest(aContest({ contestants, bounds: [bound] }), SETTINGS, silent);

  expect(judged).toEqual([
    { title: 'cost', spread: { median: 12, least: 1, most: 99 }, goal: { is, value }, isMet },
  ]);
});

test('a ratio to an unknown contestant fails and lists the contestants', async () => {
  const ratio = { title: 'ratio', metric: 'cost', of: 'ours', to: 'nobody' };
  const contest = aContest({ contestants: [contestant('ours', [1, 1, 1])], ratios: [ratio] });

  const run = runContest(contest, SETTINGS, silent);

  await expect(run).rejects.toThrow('No contestant is called nobody; there are: ours.');
});
