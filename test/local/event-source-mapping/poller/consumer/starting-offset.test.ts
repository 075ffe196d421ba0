import { expect, test } from '@jest/globals';
import type { StartingPosition } from '../../../../../local/event-source-mapping/configuration/event-source-mapping-spec.ts';
import {
  startingOffset,
  type PartitionPositions,
  type PartitionStart,
} from '../../../../../local/event-source-mapping/poller/consumer/starting-offset.ts';

const TRIM_HORIZON: StartingPosition = { kind: 'TRIM_HORIZON' };
const LATEST: StartingPosition = { kind: 'LATEST' };
const AT_TIMESTAMP: StartingPosition = { kind: 'AT_TIMESTAMP', timestampMs: 1_700_000_000_000 };
const ALL = [TRIM_HORIZON, LATEST, AT_TIMESTAMP];

const RESETS = ['logStart', 'startingPosition'] as const;

/** Where a partition begins in a log from 500 to 900 whose record 600 is the first of the starting time. */
function startOf(
  position: number | null,
  startingPosition: StartingPosition,
  outOfRangeReset: (typeof RESETS)[number] = 'logStart',
): PartitionStart {
  const positions: PartitionPositions = { logStart: 500, logEnd: 900, atTime: 600, position };
  return startingOffset(positions, { startingPosition, outOfRangeReset });
}

test('ESM-027 ESM-029 ESM-031 ESM-041 without a commit, a partition begins at the starting position', () => {
  const starts = ALL.map((startingPosition) => startOf(null, startingPosition));

  expect(starts).toStrictEqual([500, 900, 600].map((offset) => ({ offset, lostFrom: null })));
});

test.each([500, 700, 900])(
  'ESM-030 a committed offset of %i wins over every starting position',
  (position) => {
    const starts = ALL.flatMap((startingPosition) =>
      RESETS.map((reset) => startOf(position, startingPosition, reset)),
    );

    expect(starts).toStrictEqual(starts.map(() => ({ offset: position, lostFrom: null })));
  },
);

test('ESM-039 a position that retention has deleted continues at the log start', () => {
  const starts = ALL.map((startingPosition) => startOf(100, startingPosition));

  expect(starts).toStrictEqual(ALL.map(() => ({ offset: 500, lostFrom: 100 })));
});

test('ESM-039 by option it continues at the starting position', () => {
  const starts = ALL.map((startingPosition) => startOf(100, startingPosition, 'startingPosition'));

  expect(starts).toStrictEqual([500, 900, 600].map((offset) => ({ offset, lostFrom: 100 })));
});

test('a position beyond the end of a recreated topic continues at the log start, and nothing is lost', () => {
  const starts = ALL.map((startingPosition) => startOf(901, startingPosition));

  expect(starts).toStrictEqual(ALL.map(() => ({ offset: 500, lostFrom: null })));
});
