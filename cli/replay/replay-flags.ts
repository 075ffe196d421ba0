import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { ReplayPlace } from '../../functions/redrive/operations/plan-replay.ts';
import type { ReplayRange } from '../../functions/redrive/replay/replay-ranges.ts';
import { parseDuration } from '../dead-letters/redrive-flags.ts';

/** The distance of a place in a topic from now. */
type TypedPlace = ReplayPlace | { readonly kind: 'ago'; readonly ms: number };

const PLACE = 'an offset, a time in ISO 8601, or how long ago, such as 30m, 12h, 2d';

/** `--range`, any number of times. */
export const rangeOption = new Option(
  '--range <partition:first-last...>',
  'exactly these offsets of a partition, both included, such as 3:120-180; can be repeated',
).argParser((text: string, before: readonly ReplayRange[] | undefined): readonly ReplayRange[] => [
  ...(before ?? []),
  parseRange(text),
]);

export const fromOption = new Option('--from <place>', `where to begin: ${PLACE}`).argParser(parsePlace);

export const toOption = new Option(
  '--to <place>',
  'where to end: the last offset, or a time or how long ago (default: all that the group has read)',
).argParser(parsePlace);

/** Turns what was typed into what the brokers understand. @param nowMs epoch milliseconds. */
export function placeAt(typed: TypedPlace, nowMs: number): ReplayPlace {
  return typed.kind === 'ago' ? { kind: 'time', timeMs: nowMs - typed.ms } : typed;
}

/** @throws {InvalidArgumentError} for anything that is no range. */
export function parseRange(text: string): ReplayRange {
  const [, partition, first, last = first] = /^(\d{1,6}):(\d{1,15})(?:-(\d{1,15}))?$/.exec(text) ?? [];
  const range = { partition: Number(partition), first: Number(first), last: Number(last) };
  if (partition !== undefined && range.first <= range.last) return range;
  throw new InvalidArgumentError(
    'A range is a partition and offsets, the last one included: 3:120-180, or 3:120 for one record.',
  );
}

/** @throws {InvalidArgumentError} for anything that is no place. */
export function parsePlace(text: string): TypedPlace {
  if (/^\d{1,15}$/.test(text)) return { kind: 'offset', offset: Number(text) };
  if (/^\d+(?:d|h|m|s)$/.test(text)) return { kind: 'ago', ms: parseDuration(text) };
  const timeMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(timeMs)) return { kind: 'time', timeMs };
  throw new InvalidArgumentError(`It is ${PLACE}.`);
}
