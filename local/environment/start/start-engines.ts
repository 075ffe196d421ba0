import { join } from 'node:path';
import { choosePort, requireFreePort } from '../../engines/choose-port.ts';
import type { Engine } from '../../engines/engine.ts';
import { startKafkaBroker } from '../../engines/kafka-broker.ts';
import { installKafka } from '../../engines/kafka-installation.ts';
import { installMiniStack } from '../../engines/ministack-installation.ts';
import { startMiniStack } from '../../engines/ministack.ts';
import { enginesDirectory, projectDirectory } from '../project-directory.ts';
import type { PortChoice } from '../plan/environment-options.ts';
import type { RunDirectories } from '../plan/run-directories.ts';

/** Reports what an engine is at, for a person. */
export type Report = (line: string) => void;

/** The port to use. @throws {Error} when a port that was asked for is taken. */
export async function resolvePort({ port, kind }: PortChoice, purpose: string): Promise<number> {
  if (kind === 'required') await requireFreePort(port, purpose);
  return choosePort(port);
}

/** Installs Apache Kafka when it is not there yet, and starts a broker on the port. */
export async function startBroker(
  port: number,
  { data, logs }: RunDirectories,
  report: Report,
): Promise<Engine> {
  const installation = await installKafka({ directory: enginesDirectory, onProgress: report });
  report('Waiting for the group coordinator');
  return startKafkaBroker({
    installation,
    dataDirectory: join(data, 'kafka'),
    port,
    controllerPort: await choosePort(),
    logFile: join(logs, 'kafka.log'),
  });
}

/** Installs MiniStack when it is not there yet, and starts it on the port. */
export async function startAwsEmulator(
  port: number,
  bootstrapServers: string,
  { data, logs }: RunDirectories,
  report: Report,
): Promise<Engine> {
  const installation = await installMiniStack({ directory: enginesDirectory, onProgress: report });
  return startMiniStack({
    installation,
    port,
    bootstrapServers,
    nodePath: join(projectDirectory, 'node_modules'),
    dataDirectory: join(data, 'ministack'),
    logFile: join(logs, 'ministack.log'),
  });
}
