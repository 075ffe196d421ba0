import { join } from 'node:path';
import { choosePort } from '../../engines/choose-port.ts';
import type { Engine } from '../../engines/engine.ts';
import { withClassArchive } from '../../engines/class-archive.ts';
import { startKafkaBroker } from '../../engines/kafka-broker.ts';
import { installKafka } from '../../engines/kafka-installation.ts';
import { installMiniStack } from '../../engines/ministack-installation.ts';
import { startMiniStack } from '../../engines/ministack.ts';
import { emulatorData, miniStackLog, type RunDirectories } from '../plan/run-directories.ts';

/** Receives the progress of an engine, for the user. */
export type Report = (line: string) => void;

/** Installs Apache Kafka if needed, and starts a broker on the port. */
export async function startBroker(
  port: number,
  { engines, data, logs }: RunDirectories,
  report: Report,
): Promise<Engine> {
  const install = { directory: engines, onProgress: report };
  const installation = await withClassArchive(await installKafka(install), install);
  report('Waiting for the group coordinator');
  return startKafkaBroker({
    installation,
    dataDirectory: join(data, 'kafka'),
    port,
    controllerPort: await choosePort(),
    logFile: join(logs, 'kafka.log'),
  });
}

/** Installs MiniStack if needed, and starts it on the port. */
export async function startAwsEmulator(
  port: number,
  bootstrapServers: string,
  directories: RunDirectories,
  report: Report,
): Promise<Engine> {
  const { engines, sdkModules } = directories;
  const installation = await installMiniStack({ directory: engines, onProgress: report });
  return startMiniStack({
    installation,
    port,
    bootstrapServers,
    nodePath: sdkModules,
    dataDirectory: emulatorData(directories),
    logFile: miniStackLog(directories),
  });
}
