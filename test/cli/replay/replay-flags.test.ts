import { describe, expect, test } from '@jest/globals';
import { offsetTarget, type OffsetFlags } from '../../../cli/offsets/offset-flags.ts';
import { parsePlace, parseRange, placeAt } from '../../../cli/replay/replay-flags.ts';

describe('a place in a topic', () => {
  test.each([
    ['120', { kind: 'offset', offset: 120 }],
    ['2h', { kind: 'time', timeMs: 10_000_000 - 7_200_000 }],
    ['2026-11-30T08:00:00Z', { kind: 'time', timeMs: Date.parse('2026-11-30T08:00:00Z') }],
  ])('is an offset, a time or how long ago: %s', (text, place) => {
    expect(placeAt(parsePlace(text), 10_000_000)).toEqual(place);
  });

  test.each(['yesterday', '-1', '2w', '1.5', ''])('is nothing else: %s', (text) => {
    expect(() => parsePlace(text)).toThrow(
      'It is an offset, a time in ISO 8601, or how long ago, such as 30m, 12h, 2d.',
    );
  });
});

describe('a range', () => {
  test.each([
    ['3:120-180', { partition: 3, first: 120, last: 180 }],
    ['3:120', { partition: 3, first: 120, last: 120 }],
  ])('is a partition and offsets: %s', (text, range) => {
    expect(parseRange(text)).toEqual(range);
  });

  test.each(['3', '3:180-120', '3:-5', 'a:1-2', '3:1-2-3'])('is nothing else: %s', (text) => {
    expect(() => parseRange(text)).toThrow('A range is a partition and offsets, the last one included');
  });
});

describe('the target of moved offsets', () => {
  test.each<[OffsetFlags, unknown]>([
    [{ toTime: { kind: 'ago', ms: 10 } }, { kind: 'time', timeMs: 90 }],
    [{ shiftBy: -5 }, { kind: 'shift', by: -5 }],
    [{ shiftBy: 0 }, { kind: 'shift', by: 0 }],
    [{ toEarliest: true }, { kind: 'earliest' }],
    [{ toLatest: true }, { kind: 'latest' }],
  ])('is given by one flag: %j', (flags, target) => {
    expect(offsetTarget(flags, 100)).toEqual(target);
  });

  test.each<OffsetFlags>([{}, { toEarliest: true, toLatest: true }])(
    'is not given by no flag or two flags: %j',
    (flags) => {
      expect(() => offsetTarget(flags, 100)).toThrow(
        'Choose the new position with one of --to-time, --shift-by, --to-earliest and --to-latest.',
      );
    },
  );
});
