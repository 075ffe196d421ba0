import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { PartitionProgress } from '../../../../local/event-source-mapping/batch/partition-progress.ts';
import { range } from '../builders.ts';

function progressOf(...offsets: number[]): PartitionProgress {
  const progress = new PartitionProgress();
  progress.polled(offsets);
  return progress;
}

describe('the position of a partition', () => {
  test('ESM-032 is the last offset + 1', () => {
    const progress = progressOf(5, 6, 7, 8, 9);

    progress.resolve([5, 6, 7, 8, 9]);

    expect(progress.committable()).toBe(10);
  });

  test('ESM-033 stays while nothing is resolved', () => {
    const progress = progressOf(5, 6, 7);

    expect(progress.committable()).toBeNull();
  });

  test('ESM-034 passes a filtered record with the batch before it', () => {
    const progress = progressOf(5, 6);
    progress.resolve([6]);
    const before = progress.committable();

    progress.resolve([5]);

    expect([before, progress.committable()]).toStrictEqual([null, 7]);
  });

  test('ESM-035 passes a poll of which every record is filtered out', () => {
    const progress = progressOf(5, 6, 7, 8, 9);

    progress.resolve([5, 6, 7, 8, 9]);

    expect(progress.committable()).toBe(10);
  });

  test('ESM-036 never passes an unresolved record', () => {
    const progress = progressOf(10, 11, 12);

    progress.resolve([10, 12]);

    expect(progress.committable()).toBe(11);
  });

  test('ESM-037 passes a discarded record', () => {
    const progress = progressOf(10, 11);
    progress.resolve([10]);
    progress.committed(11);

    progress.resolve([11]);

    expect(progress.committable()).toBe(12);
  });

  test('is the first unresolved record behind a gap', () => {
    const progress = progressOf(5, 9);

    progress.resolve([5]);

    expect(progress.committable()).toBe(9);
  });

  test('is reported once, and not again after its commit', () => {
    const progress = progressOf(5);
    progress.resolve([5]);

    progress.committed(6);

    expect(progress.committable()).toBeNull();
  });

  test('ESM-038 is reported again after a failed commit', () => {
    const progress = progressOf(5);
    progress.resolve([5]);

    const told = [progress.committable(), progress.committable()];

    expect(told).toStrictEqual([6, 6]);
  });

  test('counts a record once that is polled again', () => {
    const progress = progressOf(5, 6, 7);
    progress.resolve([5]);
    progress.polled([5, 6, 7]);
    const before = progress.committable();

    progress.resolve([6, 7]);

    expect([before, progress.committable()]).toStrictEqual([6, 8]);
  });

  test('takes no resolution before its record is polled', () => {
    const progress = progressOf(5);
    progress.resolve([5, 99]);

    progress.polled([99, 100]);
    progress.resolve([100]);

    expect(progress.committable()).toBe(99);
  });

  test('does not wait for a record that was forgotten and is not polled again', () => {
    const progress = progressOf(5, 6, 8, 9);
    progress.resolve([6, 9]);

    progress.forgetFrom(8);
    const { end } = progress;
    progress.polled([6, 9]);
    progress.resolve([5]);
    const before = progress.committable();
    progress.resolve([9]);

    expect([end, before, progress.committable()]).toStrictEqual([8, 9, 10]);
  });

  test('agrees with a set of unresolved offsets at every step', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 60 });
    const order = fc.infiniteStream(fc.nat());

    fc.assert(
      fc.property(gaps, order, (steps, picks) => {
        const offsets = steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0));
        const progress = progressOf(...offsets);
        const unresolved = new Set(offsets);
        let last = -1;
        for (const pick of picks) {
          const chosen = [...unresolved][pick % unresolved.size];
          if (chosen === undefined) break;
          unresolved.delete(chosen);
          progress.resolve([chosen]);
          const position = progress.committable();
          const expected = Math.min(...unresolved, (offsets.at(-1) ?? 0) + 1);
          expect(position).toBe(expected > (offsets[0] ?? 0) ? expected : null);
          expect(position ?? last).toBeGreaterThanOrEqual(last);
          last = position ?? last;
        }
      }),
    );
  });

  test('forgets the resolved of many records, and not the unresolved one behind them', () => {
    const progress = progressOf(...range(0, 1_999));
    progress.resolve(range(0, 1_998));
    const before = progress.committable();

    progress.resolve([1_999]);

    expect([before, progress.committable()]).toStrictEqual([1_999, 2_000]);
  });

  test('stays right over many more records than it keeps', () => {
    const progress = new PartitionProgress();
    const positions = range(0, 9).map((round) => {
      const offsets = range(round * 1000, round * 1000 + 999);
      progress.polled(offsets);
      progress.resolve(offsets);
      return progress.committable();
    });

    expect(positions).toStrictEqual(range(1, 10).map((round) => round * 1000));
  });
});
