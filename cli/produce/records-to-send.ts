import { randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RecordToSend } from '@order-events/kafka-tools';
import { topology } from '../../lib/topology/topology.ts';
import { generateOrders, runOfSeed, withCancellations, type Run } from '../orders/order-generator.ts';
import { parseEventsFile } from './events-file.ts';
import { eventRecords } from './event-records.ts';

const SEEDS = 2 ** 32;
const RUN_ID_BYTES = 5;

/** Which records somebody wants to send: those of a file, or generated ones. */
export interface Wish {
  readonly file?: string | undefined;
  readonly count: number;
  readonly seed?: number | undefined;
  /** 0 to 1. */
  readonly cancel?: number | undefined;
}

export interface RecordsToSend {
  /** Generated while they are sent, so that each has its own time. */
  readonly records: Iterable<RecordToSend>;
  /** The number of records; with cancellations, the minimum. */
  readonly expected: number;
}

/** @throws {Error} when the file cannot be read, is not one JSON event a line, or holds one that is too large. */
export async function recordsToSend({ file, count, seed, cancel = 0 }: Wish): Promise<RecordsToSend> {
  if (file !== undefined) {
    const records = parseEventsFile(await readEventsFile(file), topology.topic.maxMessageBytes);
    return { records, expected: records.length };
  }
  const run = seed === undefined ? newRun() : runOfSeed(seed);
  const orders = generateOrders({ run, count, now });
  const events = cancel === 0 ? orders : withCancellations(orders, { run, share: cancel, now });
  return { records: eventRecords(events), expected: count };
}

function now(): Date {
  return new Date();
}

/** A run whose ids nobody has seen before. */
export function newRun(): Run {
  return { id: randomBytes(RUN_ID_BYTES).toString('hex'), seed: randomInt(SEEDS) };
}

async function readEventsFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
    throw new Error(
      `Cannot read ${path} (${String(code)}). Give --file a text file with one JSON event a line.`,
      {
        cause: error,
      },
    );
  }
}
