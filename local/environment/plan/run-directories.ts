import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyOwnFolder } from '../../helpers/own-folder.ts';

/** The folders of one run, all absolute. */
export interface RunDirectories {
  /** Where Kafka and MiniStack are installed, for all runs. */
  readonly engines: string;
  readonly assembly: string;
  readonly data: string;
  readonly logs: string;
  /** The node_modules folder with the AWS SDK that functions find. */
  readonly sdkModules: string;
}

const DATA = 'data';

/** The folder of a run's data: what the broker and the emulator hold, and what is known about it. */
export const dataDirectory = (runDirectory: string): string => join(runDirectory, DATA);

/** The folder of what the emulator holds. */
export const emulatorData = ({ data }: RunDirectories): string => join(data, 'ministack');

/**
 * Makes the folders of a run. The engines stay.
 *
 * @param data - `kept` leaves the data of the run before where it is; else the run begins without a past.
 * @throws {Error} when the run's folder holds what somebody else put there; nothing is deleted then.
 */
export async function makeRunDirectories(
  runDirectory: string,
  engines: string,
  data: 'new' | 'kept' = 'new',
): Promise<RunDirectories> {
  const directories = {
    assembly: join(runDirectory, 'cdk.out'),
    data: dataDirectory(runDirectory),
    logs: join(runDirectory, 'logs'),
    sdkModules: join(runDirectory, 'sdk', 'node_modules'),
  };
  await emptyOwnFolder(runDirectory, data === 'kept' ? [DATA] : []);
  for (const directory of Object.values(directories)) await mkdir(directory, { recursive: true });
  return { engines, ...directories };
}

/** Where MiniStack writes what it does and what fails. */
export const miniStackLog = ({ logs }: Pick<RunDirectories, 'logs'>): string => join(logs, 'ministack.log');
