import { join } from 'node:path';
import { execa } from 'execa';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { installOnce } from '../../local/engines/install-once.ts';
import { javaCommand } from '../../local/engines/java.ts';
import { KAFKA_VERSION } from '../../local/engines/kafka-installation.ts';
import { fetchArchives } from '../../local/engines/maven.ts';

const POM = join(import.meta.dirname, 'pom.xml');
const JVM_FLAGS = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC'];

/** Fetches Kafka's own performance tools through Maven on first use. @throws Error as Maven says. */
export async function installKafkaTools(report: (line: string) => void): Promise<void> {
  await installOnce({
    directory: enginesDirectory,
    folder: FOLDER,
    proof: join('lib', `kafka-tools-${KAFKA_VERSION}.jar`),
    fill: async (folder) => {
      report(`Fetching the tools of Apache Kafka ${KAFKA_VERSION} through Maven, once`);
      await fetchArchives('the tools of Apache Kafka', POM, join(folder, 'lib'));
    },
  });
}

const FOLDER = `kafka-tools-${KAFKA_VERSION}`;

/** The records of a measurement by Kafka's tools. */
export interface Load {
  readonly bootstrapServers: string;
  readonly topic: string;
  readonly count: number;
  readonly bytes: number;
}

/** Writes records as fast as the broker takes them. @returns records a second. */
export async function producerPerformance({ bootstrapServers, topic, count, bytes }: Load): Promise<number> {
  const output = await runTool(
    'ProducerPerformance',
    { topic, 'num-records': count, 'record-size': bytes, throughput: -1 },
    ['--producer-props', `bootstrap.servers=${bootstrapServers}`],
  );
  return numberIn(output, /, ([\d.]+) records\/sec/);
}

/** Reads records from the beginning of the topic as fast as the broker gives them. @returns records a second. */
export async function consumerPerformance({ bootstrapServers, topic, count }: Load): Promise<number> {
  const output = await runTool(
    'ConsumerPerformance',
    { 'bootstrap-server': bootstrapServers, topic, messages: count },
    ['--hide-header'],
  );
  // The last of ten columns: records a second while it fetched, without the time to join the group.
  return numberIn(output, /,\s*([\d.]+)\s*$/);
}

/** Milliseconds from sending a record to reading it. */
export interface EndToEnd {
  readonly p50: number;
  readonly p99: number;
}

/** Sends one record, reads it, and sends the next. */
export async function endToEndLatency({ bootstrapServers, topic, count, bytes }: Load): Promise<EndToEnd> {
  const output = await runTool('EndToEndLatency', {}, [
    bootstrapServers,
    topic,
    String(count),
    '1',
    String(bytes),
  ]);
  return { p50: numberIn(output, /50th = (\d+)/), p99: numberIn(output, /99th = (\d+)/) };
}

async function runTool(
  name: string,
  options: Readonly<Record<string, string | number>>,
  words: readonly string[],
): Promise<string> {
  const classPath = join(enginesDirectory, FOLDER, 'lib', '*');
  const { stdout } = await execa(javaCommand(process.env), [
    ...JVM_FLAGS,
    '-cp',
    classPath,
    `org.apache.kafka.tools.${name}`,
    ...Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]),
    ...words,
  ]);
  return stdout;
}

/** @throws {Error} with what the tool printed, when it has no such number. */
function numberIn(output: string, pattern: RegExp): number {
  const found = pattern.exec(output.trimEnd())?.[1];
  if (found === undefined) throw new Error(`Kafka's tool printed no ${pattern.source}:\n${output}`);
  return Number(found);
}
