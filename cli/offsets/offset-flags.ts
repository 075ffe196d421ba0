import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { OffsetTarget } from '../../functions/redrive/operations/plan-offsets.ts';
import { parsePlace } from '../replay/replay-flags.ts';

/** The flags of which exactly one says where to go. */
export interface OffsetFlags {
  readonly toTime?: ReturnType<typeof parseTime> | undefined;
  readonly shiftBy?: number | undefined;
  readonly toEarliest?: true | undefined;
  readonly toLatest?: true | undefined;
}

export const timeOption = new Option(
  '--to-time <time>',
  'to the first record since a time in ISO 8601, or since a time ago, such as 30m, 12h, 2d',
).argParser(parseTime);

export const shiftOption = new Option(
  '--shift-by <records>',
  'forward by so many records, or back: --shift-by=-100',
).argParser(parseShift);

/** @param nowMs epoch milliseconds. @throws {Error} when not exactly one flag is there. */
export function offsetTarget(
  { toTime, shiftBy, toEarliest, toLatest }: OffsetFlags,
  nowMs: number,
): OffsetTarget {
  const targets: readonly (OffsetTarget | undefined)[] = [
    toTime && { kind: 'time', timeMs: toTime.kind === 'ago' ? nowMs - toTime.ms : toTime.timeMs },
    shiftBy === undefined ? undefined : { kind: 'shift', by: shiftBy },
    toEarliest && { kind: 'earliest' },
    toLatest && { kind: 'latest' },
  ];
  const [target, ...others] = targets.filter((one) => one !== undefined);
  if (target !== undefined && others.length === 0) return target;
  throw new Error(
    'Choose the new position with one of --to-time, --shift-by, --to-earliest and --to-latest.',
  );
}

function parseTime(text: string) {
  const place = parsePlace(text);
  if (place.kind !== 'offset') return place;
  throw new InvalidArgumentError('Give a time in ISO 8601, or how long ago, such as 30m, 12h, 2d.');
}

function parseShift(text: string): number {
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number of records, such as 100 or -100.');
}
