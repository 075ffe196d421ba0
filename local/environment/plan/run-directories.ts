import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of one run, all absolute. */
export interface RunDirectories {
  /** Where Kafka and MiniStack are installed, for all runs. */
  readonly engines: string;
  readonly assembly: string;
  readonly data: string;
  readonly logs: string;
}

/** Makes the folders of a run, empty: every environment begins without a past. The engines stay. */
export async function makeRunDirectories(runDirectory: string, engines: string): Promise<RunDirectories> {
  const directories = {
    assembly: join(runDirectory, 'cdk.out'),
    data: join(runDirectory, 'data'),
    logs: join(runDirectory, 'logs'),
  };
  await rm(runDirectory, { recursive: true, force: true });
  for (const directory of Object.values(directories)) await mkdir(directory, { recursive: true });
  return { engines, ...directories };
}
