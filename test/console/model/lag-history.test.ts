import { expect, test } from '@jest/globals';
import { GroupViews } from '../../../console/model/group-views.ts';
import { LagHistory } from '../../../console/model/lag-history.ts';
import { aGroupReport, aLag, TOPIC } from '../builders.ts';

/** A history of samples a second apart, each with the lag, committed and end offset of its one partition. */
function historyOf(
  samples: readonly (readonly [lag: number, committed: number] | 'failed' | 'unknown')[],
): LagHistory {
  const views = new GroupViews(TOPIC);
  const history = new LagHistory();
  for (const [index, sample] of samples.entries()) {
    const at = (index + 1) * 1_000;
    if (sample === 'failed') history.take(views.fail(at, 'no answer'));
    else {
      const lag =
        sample === 'unknown'
          ? ({ kind: 'unknown', reason: 'commits-unavailable' } as const)
          : aLag({ lag: sample[0], committed: sample[1], end: sample[0] + sample[1] });
      history.take(views.take({ at, groups: [aGroupReport({ lags: [lag] })], mappings: [] }));
    }
  }
  return history;
}

test('lag is kept as it was, and throughput is what was committed by second', () => {
  const history = historyOf([
    [5, 10],
    [20, 30],
    [0, 50],
  ]).since(0);

  expect(history).toEqual({
    times: [1_000, 2_000, 3_000],
    produced: [null, 35, 0],
    groups: [{ groupId: 'billing-group', lag: [5, 20, 0], throughput: [null, 20, 20] }],
  });
});

test('what a sample does not know is a gap and never a zero', () => {
  const history = historyOf([[5, 10], 'failed', [5, 12], 'unknown', [5, 14]]).since(0);

  expect(history).toEqual({
    times: [1_000, 2_000, 3_000, 4_000, 5_000],
    produced: [null, null, null, null, null],
    groups: [
      { groupId: 'billing-group', lag: [5, null, 5, null, 5], throughput: [null, null, null, null, null] },
    ],
  });
});

test('a reader that has seen a moment gets what came after it', () => {
  const history = historyOf([
    [5, 10],
    [5, 20],
    [5, 40],
  ]).since(2_000);

  expect(history).toEqual({
    times: [3_000],
    produced: [20],
    groups: [{ groupId: 'billing-group', lag: [5], throughput: [20] }],
  });
});

test('offsets that were set back are no throughput', () => {
  const history = historyOf([
    [0, 50],
    [50, 0],
  ]).since(0);

  expect(history.groups[0]?.throughput).toEqual([null, null]);
});
