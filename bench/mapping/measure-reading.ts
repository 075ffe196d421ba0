import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant, Metric, Sample } from '../harness/bench.ts';
import { cpuBetween, memoryOf, type ProcessUsage } from '../harness/process-usage.ts';
import { emptyHandled, readHandled, type Handled } from './handled-records.ts';

const LOOK_EVERY_MS = 100;
const FIRST_WITHIN_MS = 60_000;
const US_PER_MS = 1_000;
const MS_PER_SECOND = 1_000;

/** Reads a topic and calls the function with it. */
export interface Reader {
  /** Begins at the start of the topic. Measured from here. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Members of its group that have no partitions. */
  readonly idle: () => Promise<number>;
  /** The end of its log, for the error when it handles nothing. */
  readonly lastWords: () => Promise<string>;
  /** The processes whose CPU counts: its own, and the broker. */
  readonly usage: () => readonly ProcessUsage[];
}

export interface Reading {
  /** The file that the function appends to. */
  readonly out: string;
  /** Ends when this many records are handled, or this long after the first, whatever comes first. */
  readonly count: number;
  readonly mostMs: number;
}

/** The figures of a reading, as tables name them. */
export const READING = {
  rate: { name: 'rate', title: 'records a second', digits: 0 },
  wholeRate: { name: 'wholeRate', title: 'with start', digits: 0 },
  firstMs: { name: 'firstMs', title: 'ms to the first record handled', digits: 0 },
  cpuUs: { name: 'cpuUs', title: 'CPU µs a record, broker included', digits: 1 },
  memoryMib: { name: 'memoryMib', title: 'MiB', digits: 0 },
  idle: { name: 'idle', title: 'idle members', digits: 0 },
} as const satisfies Readonly<Record<string, Metric>>;

/** Creates the contestant that measures a reader. */
export function contestantOf(
  name: string,
  reader: Reader,
  reading: Reading & { readonly at?: NonNullable<Contestant['at']> },
): Contestant {
  const { at } = reading;
  return { name, ...(at === undefined ? {} : { at }), measure: () => measureReading(reader, reading) };
}

/**
 * Measures a reader: `rate` in records a second after its first invocation, `wholeRate` with its start, `firstMs` to
 * the end of the first invocation, `cpuUs` of all processes for each record, `memoryMib` at the end, and
 * the `idle` members.
 *
 * @throws {Error} when nothing is handled in time.
 */
async function measureReading(reader: Reader, { out, count, mostMs }: Reading): Promise<Sample> {
  emptyHandled(out);
  const before = reader.usage();
  const startedAt = performance.timeOrigin + performance.now();
  await reader.start();
  try {
    const handled = await handledRecords({ out, count, mostMs });
    if (handled === undefined)
      throw new Error(
        `Nothing was handled in ${FIRST_WITHIN_MS / MS_PER_SECOND} s.\n${await reader.lastWords()}`,
      );
    const after = reader.usage();
    const idle = await reader.idle();
    return { ...figuresOf(handled, startedAt), ...costOf({ before, after }, handled.count), idle };
  } finally {
    await reader.stop();
  }
}

/** Waits for records; undefined when not even one is handled within a minute. */
export async function handledRecords({ out, count, mostMs }: Reading): Promise<Handled | undefined> {
  const startedAt = Date.now();
  while (true) {
    const handled = readHandled(out);
    const until = handled === undefined ? startedAt + FIRST_WITHIN_MS : handled.firstAt + mostMs;
    if ((handled !== undefined && handled.count >= count) || Date.now() > until) return handled;
    await delay(LOOK_EVERY_MS);
  }
}

function figuresOf({ count, firstAt, lastAt, firstCount }: Handled, startedAt: number): Sample {
  return {
    rate: ((count - firstCount) / (lastAt - firstAt)) * MS_PER_SECOND,
    wholeRate: (count / (lastAt - startedAt)) * MS_PER_SECOND,
    firstMs: firstAt - startedAt,
  };
}

function costOf(
  { before, after }: { readonly before: readonly ProcessUsage[]; readonly after: readonly ProcessUsage[] },
  count: number,
): Sample {
  return { cpuUs: (cpuBetween(before, after) * US_PER_MS) / count, memoryMib: memoryOf(after) };
}
