import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** Offsets by consumer group, topic and partition. */
const groupOffsets = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.int().min(0))));

export type GroupOffsets = z.infer<typeof groupOffsets>;

/** Notes that a run stores beside its data, so that the next run can continue with it. */
const lastRun = z.object({
  /** The app of the run, such as a stage. */
  name: z.string(),
  /** The versions of the engines that wrote the data. */
  kafka: z.string(),
  ministack: z.string(),
  /** The emulator's port: it is part of the queues' addresses. */
  awsPort: z.int(),
  /**
   * The emulator's saved state, which it writes only when it stops cleanly: `none`, everything up to the last record
   * (`saved`), or the state at the start of the last run (`behind`).
   */
  emulatorState: z.enum(['none', 'behind', 'saved']),
  /** The committed offsets of the groups when that state was written. A group without a commit is missing. */
  baseline: groupOffsets,
});

export type LastRun = z.infer<typeof lastRun>;

/** The properties that must match for a run to continue with another run's data. */
export type RunIdentity = Pick<LastRun, 'name' | 'kafka' | 'ministack'>;

const fileOf = (dataDirectory: string): string => join(dataDirectory, 'last-run.json');

/** Writes the notes atomically. */
export async function writeLastRun(dataDirectory: string, run: LastRun): Promise<void> {
  const file = fileOf(dataDirectory);
  await writeFile(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/**
 * Reads the notes of the last run.
 *
 * @returns undefined when there was none, or its data is gone.
 * @throws {Error} when a run with this identity cannot continue with it. The message lists the differences and how to
 *   start empty.
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
    `The data in ${dataDirectory} does not match this run: ${differences.join('; ')}. ` +
      'Start without --keep to delete it and start empty.',
  );
}

function parse(text: string, file: string): LastRun {
  try {
    return lastRun.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${file} cannot be read, so the kept data cannot be used: start without --keep to delete it and start empty.`,
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
