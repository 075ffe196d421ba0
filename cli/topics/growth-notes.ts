import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

/** One growth of a topic, as far as it came. */
const growth = z.object({
  topic: z.string(),
  from: z.int(),
  to: z.int(),
  /** The time when nobody wrote any more and every group had handled all records; RFC 3339. */
  drainedAt: z.iso.datetime(),
  /** The end of each partition at that time, by partition. */
  ends: z.record(z.string(), z.int()),
  /** The time when every group had the new partitions; absent: the growth is not finished. */
  doneAt: z.iso.datetime().optional(),
});

export type Growth = z.infer<typeof growth>;

/** The notes of a growth, so that it can be finished after a crash. */
export interface GrowthNotes {
  /** The growth that was noted last, if there is one. */
  read(): Promise<Growth | undefined>;
  write(growth: Growth): Promise<void>;
}

/** Notes in a file; what is there is replaced whole, so that a crash leaves the old one or the new one. */
export function growthNotes(file: string): GrowthNotes {
  return {
    read: async () => growth.safeParse(await readJson(file)).data,
    write: async (value) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
      await rename(`${file}.new`, file);
    },
  };
}

/** Undefined for no file, and for one that is no JSON: a note that cannot be read says nothing. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    const isNothing =
      error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT');
    if (isNothing) return undefined;
    throw error;
  }
}
