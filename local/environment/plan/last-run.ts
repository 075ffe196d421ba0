import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** Offsets by consumer group, topic and partition. */
const groupOffsets = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.int().min(0))));

export type GroupOffsets = z.infer<typeof groupOffsets>;

/** What a run leaves beside its data, so that the next one can go on with it. */
const lastRun = z.object({
  /** What was run, such as a stage. */
  name: z.string(),
  /** The versions of the engines whose data it is. */
  kafka: z.string(),
  ministack: z.string(),
  /** The emulator's port: it is part of the queues' addresses. */
  awsPort: z.int(),
  /**
   * What the emulator has written of its state, which it does only when it stops in good order: `none`, all up to the last
   * record (`saved`), or what it held when the last run began (`behind`).
   */
  emulatorState: z.enum(['none', 'behind', 'saved']),
  /** How far the groups were when that state was written; a group that had committed nothing is missing. */
  baseline: groupOffsets,
});

export type LastRun = z.infer<typeof lastRun>;

/** What must be the same for a run to go on with another one's data. */
export type RunIdentity = Pick<LastRun, 'name' | 'kafka' | 'ministack'>;

const fileOf = (dataDirectory: string): string => join(dataDirectory, 'last-run.json');

/** Writes it whole or not at all. */
export async function writeLastRun(dataDirectory: string, run: LastRun): Promise<void> {
  const file = fileOf(dataDirectory);
  await writeFile(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/**
 * Reads what the last run left.
 *
 * @returns undefined when there was none, or its data is gone.
 * @throws {Error} when a run with this identity cannot go on with it: what differs, and how to begin anew.
 */
export async function readLastRun(
  dataDirectory: string,
  identity: RunIdentity,
): Promise<LastRun | undefined> {
  const text = await readFile(fileOf(dataDirectory), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const run = parse(text, fileOf(dataDirectory));
  const differences = differencesOf(run, identity);
  if (differences.length === 0) return run;
  throw new Error(
    `What was kept in ${dataDirectory} does not fit this run: ${differences.join('; ')}. ` +
      'Start without --keep to begin empty, which deletes it.',
  );
}

function parse(text: string, file: string): LastRun {
  try {
    return lastRun.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${file} cannot be read, so nothing can go on with what was kept: start without --keep to begin empty, which deletes it.`,
      { cause },
    );
  }
}

const TITLES = {
  name: 'the app or stage',
  kafka: 'the version of Kafka',
  ministack: 'the version of MiniStack',
};

function differencesOf(run: LastRun, identity: RunIdentity): readonly string[] {
  return (['name', 'kafka', 'ministack'] as const)
    .filter((key) => run[key] !== identity[key])
    .map((key) => `${TITLES[key]} was ${run[key]} and is ${identity[key]}`);
}
