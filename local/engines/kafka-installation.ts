import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import type { ReportProgress } from './engine.ts';
import { installOnce, type Installation } from './install-once.ts';
import { javaCommand, JVM_FLAGS } from './java.ts';
import { brokerSettings } from './kafka-settings.ts';
import { fetchArchives } from './maven.ts';

/** The version line that Amazon MSK recommends and the cluster runs; pom.xml names the same version. */
export const KAFKA_VERSION = '3.9.2';
const POM = join(import.meta.dirname, 'pom.xml');

/** The cluster id, 16 bytes in base64url. All local clusters share it, because they never meet. */
const CLUSTER_ID = Buffer.from('local-kafka-only').toString('base64url');

export interface KafkaInstallation {
  readonly version: string;
  /** The Java classpath: a pattern that matches the broker's archives. */
  readonly classPath: string;
  /** Flags of the JVM that depend on the installation. */
  readonly jvmFlags: readonly string[];
  /** Prepares the folder as a data directory for a broker; does nothing when it already is one. */
  readonly format: (logDirectory: string) => Promise<void>;
}

export interface InstallOptions {
  /** The folder that holds all engines, such as `.local/engines`. */
  readonly directory: string;
  readonly onProgress: ReportProgress;
}

/** Returns the path of the Kafka installation, which may not exist yet, in the folder of all engines. */
export const kafkaLocation = (directory: string): Pick<Installation, 'directory' | 'folder' | 'proof'> => ({
  directory,
  folder: `kafka-${KAFKA_VERSION}`,
  proof: join('formatted', 'meta.properties'),
});

/**
 * Fetches Apache Kafka through Maven on first use.
 *
 * @throws Error with Maven's last lines when the download fails.
 */
export async function installKafka({ directory, onProgress }: InstallOptions): Promise<KafkaInstallation> {
  const path = await installOnce({
    ...kafkaLocation(directory),
    fill: async (folder) => {
      onProgress(`Fetching Apache Kafka ${KAFKA_VERSION} through Maven (46 MB, once)`);
      await fetchArchives('Apache Kafka', POM, join(folder, 'lib'));
      await formatTemplate(folder);
    },
  });
  return {
    version: KAFKA_VERSION,
    classPath: join(path, 'lib', '*'),
    jvmFlags: [],
    format: (logDirectory) => copyTemplate(join(path, 'formatted'), logDirectory),
  };
}

/**
 * Formats a data directory once; it is copied for each broker, so that starts do not need a second JVM. It contains
 * the ids of the cluster and the node, but no ports.
 */
async function formatTemplate(folder: string): Promise<void> {
  const logDirectory = join(folder, 'formatted');
  const settingsFile = join(folder, 'format.properties');
  await writeFile(settingsFile, brokerSettings({ port: 9092, controllerPort: 9093, logDirectory }));
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', settingsFile];
  await execa(javaCommand(process.env), [...JVM_FLAGS, '-cp', join(folder, 'lib', '*'), ...tool]);
  await rm(settingsFile);
}

async function copyTemplate(template: string, logDirectory: string): Promise<void> {
  await mkdir(logDirectory, { recursive: true });
  await cp(template, logDirectory, { recursive: true, force: false });
}
