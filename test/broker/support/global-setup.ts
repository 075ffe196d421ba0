/* oxlint-disable import/no-default-export -- Jest calls the default export. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort } from '../../../local/engines/choose-port.ts';
import { makeRunDirectories } from '../../../local/environment/plan/run-directories.ts';
import { enginesDirectory } from '../../../cli/project-folders.ts';
import { startAwsEmulator, startBroker } from '../../../local/environment/start/start-engines.ts';
import { publishAddresses } from './engine-addresses.ts';
import { keepForTeardown, stopAll } from './running-engines.ts';

function silently(): void {
  // Progress is for people who wait; a failed start says what it needs in its error.
}

/** One broker and one AWS emulator for all tests of the project; each test has topics, groups and queues of its own. */
export default async function startEngines(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'broker-tests-'));
  const directories = await makeRunDirectories(directory, enginesDirectory);
  const brokerPort = await choosePort(0);
  const bootstrapServers = `127.0.0.1:${brokerPort}`;
  const starting = [
    startBroker(brokerPort, directories, silently),
    startAwsEmulator(await choosePort(0), bootstrapServers, directories, silently),
  ] as const;
  keepForTeardown(directory, starting);
  try {
    const [broker, aws] = await Promise.all(starting);
    publishAddresses({ broker: broker.endpoint, aws: aws.endpoint });
  } catch (error) {
    await stopAll();
    throw error;
  }
}
