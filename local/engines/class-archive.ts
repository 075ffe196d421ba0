import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { choosePort } from './choose-port.ts';
import { installOnce } from './install-once.ts';
import { javaCommand } from './java.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import type { InstallOptions, KafkaInstallation } from './kafka-installation.ts';
import { runTool, type RunTool } from './tools.ts';

const ARCHIVE = 'classes.jsa';
const JAVA_VERSION = 'java-version.txt';
/** The JVM writes the archive when it ends, which takes two seconds on a quiet machine. */
const WRITTEN_WITHIN_MS = 30_000;

/**
 * Adds an archive of the broker's classes to an installation. The JVM maps it instead of reading and checking 7,000
 * classes, which saves half a broker's start. On first use, and for each version of Java, a broker is started and
 * stopped to write it. A JVM that can write no archive starts brokers without one.
 *
 * @see https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
 */
export async function withClassArchive(
  installation: KafkaInstallation,
  { directory, onProgress }: InstallOptions,
  run: RunTool = runTool,
): Promise<KafkaInstallation> {
  const java = await run(javaCommand(process.env), ['-version']);
  if (java === undefined) return installation;
  const libraries = await realpath(dirname(installation.classPath));
  const folder = await installOnce({
    directory,
    folder: archiveFolder(installation.version, { java, libraries }),
    proof: JAVA_VERSION,
    fill: async (unfinished) => {
      onProgress('Preparing a quick start of Apache Kafka for this Java (once)');
      await writeArchive(installation, unfinished);
      await writeFile(join(unfinished, JAVA_VERSION), java);
    },
  });
  const archive = join(folder, ARCHIVE);
  return existsSync(archive)
    ? { ...installation, jvmFlags: [`-XX:SharedArchiveFile=${archive}`] }
    : installation;
}

/** Names the folder of the archive for one version of Java and one place of Kafka's libraries: the JVM accepts it for no other. */
export function archiveFolder(
  kafka: string,
  { java, libraries }: { readonly java: string; readonly libraries: string },
): string {
  const key = createHash('sha256')
    .update(JSON.stringify([java, libraries]))
    .digest('hex')
    .slice(0, 12);
  return `kafka-${kafka}-classes-${key}`;
}

/** Runs a broker until it serves groups, so that the archive has the classes of a whole start. */
async function writeArchive(installation: KafkaInstallation, folder: string): Promise<void> {
  const dataDirectory = join(folder, 'data');
  const broker = await startKafkaBroker({
    installation: { ...installation, jvmFlags: [`-XX:ArchiveClassesAtExit=${join(folder, ARCHIVE)}`] },
    dataDirectory,
    port: await choosePort(),
    controllerPort: await choosePort(),
    logFile: join(dataDirectory, 'kafka.log'),
    stopsWithinMs: WRITTEN_WITHIN_MS,
  });
  await broker.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
