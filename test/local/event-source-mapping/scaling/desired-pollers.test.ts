import { expect, test } from '@jest/globals';
import {
  desiredPollers,
  type ScalingSituation,
} from '../../../../local/event-source-mapping/scaling/desired-pollers.ts';

function aSituation(overrides: Partial<ScalingSituation>): ScalingSituation {
  return {
    range: { minimum: 1, maximum: 8 },
    pollers: 2,
    backlog: 0,
    backlogBefore: 0,
    batchSize: 100,
    ...overrides,
  };
}

test.each<[string, Partial<ScalingSituation>, number]>([
  ['a backlog that grows doubles the pollers', { backlog: 900, backlogBefore: 500 }, 4],
  ['a first backlog grows from nothing', { backlog: 900, backlogBefore: undefined }, 4],
  ['a backlog that shrinks leaves them', { backlog: 500, backlogBefore: 900 }, 2],
  ['a backlog of a batch for each leaves them', { backlog: 200, backlogBefore: 150 }, 2],
  ['there are never more than the maximum', { pollers: 6, backlog: 900, backlogBefore: 500 }, 8],
  ['no backlog takes one away', {}, 1],
  ['a backlog that has just gone leaves them', { backlog: 0, backlogBefore: 900 }, 2],
  ['there are never fewer than the minimum', { range: { minimum: 2, maximum: 8 } }, 2],
])('ESM-094 %s', (_, overrides, expected) => {
  const desired = desiredPollers(aSituation(overrides));

  expect(desired).toBe(expected);
});

test('ESM-095 a minimum that equals the maximum never scales', () => {
  const range = { minimum: 2, maximum: 2 };

  const desired = [0, 1_000_000].map((backlog) => desiredPollers(aSituation({ range, backlog })));

  expect(desired).toStrictEqual([2, 2]);
});
