import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { RedriveRequest } from '../../functions/redrive/operations/redrive.ts';
import { decimalNumber, wholeNumber } from '#msk-local/command/parse-number.ts';

const MOST_RECORDS = 1_000_000;
const MOST_PER_SECOND = 100_000;
const MOST_PARTITION = 100_000;

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The flags by which records of a queue are selected. */
export interface SelectionFlags {
  readonly reason?: readonly string[] | undefined;
  readonly order?: readonly string[] | undefined;
  readonly partition?: readonly number[] | undefined;
  readonly olderThan?: number | undefined;
  readonly youngerThan?: number | undefined;
  readonly first?: number | undefined;
}

export const reasonOption = new Option(
  '--reason <code...>',
  'only records with these reasons, from orders dlq list',
);

export const orderOption = new Option('--order <id...>', 'only the records of these orders');

export const partitionOption = new Option('--partition <number...>', 'only these partitions').argParser(
  (text: string, before: readonly number[] | undefined): readonly number[] => [
    ...(before ?? []),
    wholeNumber({ minimum: 0, maximum: MOST_PARTITION })(text),
  ],
);

export const olderOption = new Option(
  '--older-than <time>',
  'only records first seen longer ago than this, such as 90s, 30m, 12h, 2d',
).argParser(parseDuration);

export const youngerOption = new Option(
  '--younger-than <time>',
  'only records first seen since then',
).argParser(parseDuration);

export const firstOption = new Option(
  '--first <n>',
  'only the first n records, by partition and offset',
).argParser(wholeNumber({ minimum: 1, maximum: MOST_RECORDS }));

export const rateOption = new Option(
  '--rate <per second>',
  'at most so many records a second (default: as fast as the consumer handles them)',
).argParser(decimalNumber({ minimum: 0.01, maximum: MOST_PER_SECOND }));

export const stopAboveOption = new Option(
  '--stop-above <percent>',
  'stop if a larger share of the tried records fails; checked from 20 tries on',
).argParser(decimalNumber({ minimum: 0, maximum: 100 }));

export function selectionOf(flags: SelectionFlags): RedriveRequest['selection'] {
  const { reason, order, partition, olderThan, youngerThan, first } = flags;
  return {
    ...(reason === undefined ? {} : { reasons: [...reason] }),
    ...(order === undefined ? {} : { orders: [...order] }),
    ...(partition === undefined ? {} : { partitions: [...partition] }),
    ...(olderThan === undefined ? {} : { olderThanMs: olderThan }),
    ...(youngerThan === undefined ? {} : { youngerThanMs: youngerThan }),
    ...(first === undefined ? {} : { first }),
  };
}

/** @returns milliseconds. */
export function parseDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([a-z])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (amount === undefined || unitMs === undefined)
    throw new InvalidArgumentError('A time is a number followed by s, m, h or d, such as 30m.');
  return Number(amount) * unitMs;
}
