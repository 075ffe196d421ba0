import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyOwnFolder } from '../../helpers/own-folder.ts';

/** The folders of one run, all absolute. */
export interface RunDirectories {
  /** The folder in which Kafka and MiniStack are installed, for all runs. */
  readonly engines: string;
  readonly assembly: string;
  readonly data: string;
  readonly logs: string;
  /** The node_modules folder with the AWS SDK for functions. */
  readonly sdkModules: string;
}

const DATA = 'data';

/** The folder of a run's data: the data of the broker and the emulator, and the notes about it. */
export const dataDirectory = (runDirectory: string): string => join(runDirectory, DATA);

/** The folder of the emulator's data. */
export const emulatorData = ({ data }: RunDirectories): string => join(data, 'ministack');

/**
 * Creates the folders of a run. Installed engines stay.
 *
 * @param data - `kept` keeps the data of the last run; otherwise the run starts empty.
 * @throws {Error} when msk-local did not create the run's folder; nothing is deleted then.
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

/** The log file of MiniStack. */
export const miniStackLog = ({ logs }: Pick<RunDirectories, 'logs'>): string => join(logs, 'ministack.log');
