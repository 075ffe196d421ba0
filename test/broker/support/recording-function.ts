import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/**
 * A handler that writes down each call when it begins and when it is done. Every execution environment has a file of
 * its own; their times are of the one monotonic clock of the machine, in milliseconds.
 */
const codeOf = (callMs: number): string => `
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const now = () => Number(process.hrtime.bigint()) / 1e6;
const file = join(process.env.JOURNAL_DIRECTORY, process.pid + '-' + now() + '.jsonl');
const write = (line) => appendFileSync(file, JSON.stringify(line) + '\\n');

export const handler = async ({ records }) => {
  const received = Object.values(records).flat()
    .map(({ partition, offset, value }) => [partition, offset, Buffer.from(value, 'base64').toString()]);
  write({ type: 'began', at: now(), records: received });
  await setTimeout(${callMs});
  write({ type: 'handled', at: now() });
  return { batchItemFailures: [] };
};
`;

const journalLine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('began'),
    at: z.number(),
    records: z.array(z.tuple([z.int(), z.int(), z.string()])),
  }),
  z.object({ type: z.literal('handled'), at: z.number() }),
]);

/** One call of the function, as its execution environment wrote it down. */
export interface JournalCall {
  readonly beganAt: number;
  /** Absent when the call did not get that far. */
  readonly handledAt?: number;
  readonly records: readonly (readonly [partition: number, offset: number, value: string])[];
}

/** The clock of the journals. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Where the code of a recording function is, and where its environments write. */
export interface RecordingFunction {
  readonly codeDirectory: string;
  readonly journalDirectory: string;
}

/**
 * Writes the function's code and makes the folder of its journals.
 *
 * @param callMs - how long a call takes besides writing.
 */
export async function deployRecordingFunction(directory: string, callMs: number): Promise<RecordingFunction> {
  const codeDirectory = join(directory, 'code');
  const journalDirectory = join(directory, 'journals');
  await mkdir(codeDirectory);
  await mkdir(journalDirectory);
  await writeFile(join(codeDirectory, 'index.mjs'), codeOf(callMs));
  return { codeDirectory, journalDirectory };
}

/** All calls of all execution environments, in the order in which they began. */
export async function readJournals(journalDirectory: string): Promise<readonly JournalCall[]> {
  const files = await readdir(journalDirectory);
  const journals = await Promise.all(files.map((file) => readFile(join(journalDirectory, file), 'utf8')));
  return journals.flatMap(readJournal).toSorted((one, other) => one.beganAt - other.beganAt);
}

/** An environment has one call at a time, so a line that says "handled" is about the call before it. */
function readJournal(text: string): JournalCall[] {
  const calls: JournalCall[] = [];
  // What a kill cut off has no end of line.
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = journalLine.parse(JSON.parse(line));
    const open = entry.type === 'handled' ? calls.pop() : undefined;
    if (entry.type === 'began') calls.push({ beganAt: entry.at, records: entry.records });
    else if (open !== undefined) calls.push({ ...open, handledAt: entry.at });
  }
  return calls;
}
