import { expect, test } from '@jest/globals';
import type { StartingPosition } from '../../../../local/event-source-mapping/event-source-mapping-spec.ts';
import {
  startingOffset,
  type PartitionPositions,
} from '../../../../local/event-source-mapping/poller/starting-offset.ts';

const TRIM_HORIZON: StartingPosition = { kind: 'TRIM_HORIZON' };
const LATEST: StartingPosition = { kind: 'LATEST' };
const AT_TIMESTAMP: StartingPosition = { kind: 'AT_TIMESTAMP', timestampMs: 1_700_000_000_000 };
const ALL = [TRIM_HORIZON, LATEST, AT_TIMESTAMP];

/** A log from 500 to 900 whose record 600 is the first of the starting time, and no commit. */
function positions(overrides: Partial<PartitionPositions> = {}): PartitionPositions {
  return { logStart: 500, logEnd: 900, atTime: 600, committed: -1, ...overrides };
}

test('ESM-027 ESM-029 ESM-031 ESM-041 without a commit, a partition begins at the starting position', () => {
  const starts = ALL.map((position) => startingOffset(positions(), position, 'logStart'));

  expect(starts).toStrictEqual([500, 900, 600].map((offset) => ({ offset, lostFrom: null })));
});

test('ESM-030 a committed offset wins over every starting position', () => {
  const starts = [500, 700, 900].flatMap((committed) =>
    ALL.map((position) => startingOffset(positions({ committed }), position, 'logStart')),
  );

  expect(new Set(starts)).toStrictEqual(new Set([undefined]));
});

test('ESM-039 a committed offset that retention has passed goes on at the log start', () => {
  const starts = ALL.map((position) => startingOffset(positions({ committed: 100 }), position, 'logStart'));

  expect(starts).toStrictEqual(ALL.map(() => ({ offset: 500, lostFrom: 100 })));
});

test('ESM-039 by option it goes on at the starting position', () => {
  const starts = ALL.map((position) =>
    startingOffset(positions({ committed: 100 }), position, 'startingPosition'),
  );

  expect(starts).toStrictEqual([500, 900, 600].map((offset) => ({ offset, lostFrom: 100 })));
});

test('ESM-039 a partition that the client has reset begins at the log start, not at the latest record', () => {
  const start = startingOffset(positions({ committed: -2 }), LATEST, 'logStart');

  expect(start).toStrictEqual({ offset: 500, lostFrom: null });
});
