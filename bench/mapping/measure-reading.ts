import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../harness/bench.ts';
import { cpuBetween, memoryOf, type ProcessUsage } from '../harness/process-usage.ts';
import { emptyHandled, readHandled, type Handled } from './handled-records.ts';

const LOOK_EVERY_MS = 100;
const US_PER_MS = 1_000;
const MS_PER_SECOND = 1_000;

/** Reads a topic and calls the function with it. */
export interface Reader {
  /** Begins at the start of the topic. Measured from here. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** The end of its log, for the error when it handles nothing. */
  readonly lastWords: () => Promise<string>;
  /** The processes whose CPU counts: its own, and the broker. */
  readonly usage: () => readonly ProcessUsage[];
}

export interface Reading {
  /** The file that the function appends to. */
  readonly out: string;
  /** Ends when this many records are handled, or after this time, whatever comes first. */
  readonly count: number;
  readonly mostMs: number;
}

/**
 * Measures a reader: `rate` in records a second after its first invocation, `wholeRate` with its start, `firstMs` to
 * the end of the first invocation, `cpuUs` of all processes for each record, and `memoryMib` at the end.
 *
 * @throws {Error} when nothing is handled in time.
 */
export async function measureReading(reader: Reader, { out, count, mostMs }: Reading): Promise<Sample> {
  emptyHandled(out);
  const before = reader.usage();
  const startedAt = performance.timeOrigin + performance.now();
  await reader.start();
  try {
    const handled = await handledRecords({ out, count, until: startedAt + mostMs });
    if (handled === undefined)
      throw new Error(`Nothing was handled in ${mostMs / MS_PER_SECOND} s.\n${await reader.lastWords()}`);
    const after = reader.usage();
    return { ...figuresOf(handled, startedAt), ...costOf({ before, after }, handled.count) };
  } finally {
    await reader.stop();
  }
}

async function handledRecords({
  out,
  count,
  until,
}: {
  readonly out: string;
  readonly count: number;
  readonly until: number;
}): Promise<Handled | undefined> {
  while (true) {
    const handled = readHandled(out);
    if (handled !== undefined && handled.count >= count) return handled;
    if (Date.now() > until) {
      return handled;
    }
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
