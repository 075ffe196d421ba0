import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { kafkaClient, withAdmin } from '@order-events/kafka-tools';

import { requireFreePort } from './choose-port.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './engine-process.ts';
import { javaCommand, JVM_FLAGS } from './java.ts';
import type { KafkaInstallation } from './kafka-installation.ts';
import { brokerSettings } from './kafka-settings.ts';

const START_TIMEOUT_MS = 60_000;

export interface KafkaBrokerOptions {
  readonly installation: KafkaInstallation;
  /**
   * The folder of the broker's data, kept between starts. Each Kafka version has a folder of its own in it, because
   * one version cannot read another's data.
   */
  readonly dataDirectory: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly logFile: string;
  /** How long it may take to stop, in milliseconds, before it is killed; absent: as for other engines. */
  readonly stopsWithinMs?: number;
}

/**
 * Starts a single-node Kafka broker on 127.0.0.1 and waits until its group coordinator answers.
 *
 * @throws Error when a port is taken, or when the broker does not start, with the last lines of its log.
 */
export async function startKafkaBroker(options: KafkaBrokerOptions): Promise<Engine> {
  const { installation, dataDirectory, port, controllerPort, logFile, stopsWithinMs } = options;
  await requireFreePort(port, 'the Kafka broker');
  await requireFreePort(controllerPort, "the Kafka broker's controller");

  const logDirectory = join(dataDirectory, `kafka-${installation.version}`);
  const settingsFile = join(dataDirectory, 'server.properties');
  await mkdir(dataDirectory, { recursive: true });
  await installation.format(logDirectory);
  await writeFile(settingsFile, brokerSettings({ port, controllerPort, logDirectory }));

  return startEngine({
    name: `Apache Kafka ${installation.version}`,
    endpoint: `127.0.0.1:${port}`,
    file: javaCommand(process.env),
    args: [
      ...JVM_FLAGS,
      ...installation.jvmFlags,
      '-cp',
      installation.classPath,
      'kafka.Kafka',
      settingsFile,
    ],
    environment: {},
    logFile,
    isReady: () => coordinatorAnswers(`127.0.0.1:${port}`),
    startTimeoutMs: START_TIMEOUT_MS,
    ...(stopsWithinMs !== undefined && { stopsWithinMs }),
  });
}

/** Returns whether the broker serves consumer groups. It accepts connections about a second earlier. */
async function coordinatorAnswers(broker: string): Promise<boolean> {
  const kafka = kafkaClient({
    clientId: 'readiness-probe',
    brokers: [broker],
    retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 5 },
  });
  await withAdmin(kafka, (admin) => admin.fetchOffsets({ groupId: 'readiness-probe', topics: [] }));
  return true;
}
