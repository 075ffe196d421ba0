import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { remember, sample, type Sample } from '../../doctor/index.ts';
import type { Target } from '../connection/target.ts';
import { localDirectory } from '../project-folders.ts';

const file = join(localDirectory, 'readings.json');

/** Earlier readings by what they are of. They hold ids and offsets, nothing of a record. */
const memory = z.record(z.string(), z.array(sample));

/** Readings of this run of the stage that earlier commands noted, the oldest first. */
export async function recallSamples({ run }: Pick<Target, 'run'>): Promise<readonly Sample[]> {
  return (await readMemory())[run] ?? [];
}

/** Notes a reading for later commands. Readings of runs that nobody asked about for an hour are forgotten. */
export async function noteSample({ run }: Pick<Target, 'run'>, newest: Sample): Promise<void> {
  const all = Object.entries({ [run]: [], ...(await readMemory()) });
  const kept = all
    .map(([name, samples]) => [name, name === run ? remember(samples, newest) : fresh(samples, newest.at)])
    .filter(([, samples]) => samples?.length !== 0);
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 });
  await rename(draft, file);
}

const FORGOTTEN_AFTER_MS = 3_600_000;

function fresh(samples: readonly Sample[], now: number): readonly Sample[] {
  return samples.filter(({ at }) => now - at <= FORGOTTEN_AFTER_MS);
}

/** Nothing where there is no such file, or one that another version wrote. */
async function readMemory(): Promise<z.infer<typeof memory>> {
  try {
    return memory.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}
