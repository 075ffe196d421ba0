import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { javaCommand, JVM_FLAGS } from '../../../local/engines/java.ts';
import { installKafka } from '../../../local/engines/kafka-installation.ts';
import { enginesDirectory } from '../../../cli/project-folders.ts';
import { engineAddresses } from './engine-addresses.ts';

/** A record as a person types it at the console. */
export interface TypedRecord {
  readonly key: string;
  readonly value: string;
  /** Names and values, in order; a name may repeat. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** Kafka's codecs. */
export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** A consumer that runs until `stop`. */
export interface OutsideConsumer {
  /** After the last rebalance; `undefined` before the first. */
  partitions(): readonly number[] | undefined;
  /** Values so far, in the order in which they came. */
  values(): readonly string[];
  /** Leaves the group, and resolves when the process is gone. */
  stop(): Promise<void>;
}

const KEY_SEPARATOR = '|';
const HEADERS_DELIMITER = '#';
/** Stands for no headers. */
const NOTHING = '(none)';

/** Sends records with Kafka's console producer. */
export async function produceFromConsole(
  topic: string,
  records: readonly TypedRecord[],
  compression: Compression = 'none',
): Promise<void> {
  const { broker } = engineAddresses();
  await execa(
    javaCommand(process.env),
    [
      ...(await javaArguments()),
      'kafka.tools.ConsoleProducer',
      '--sync',
      `--compression-codec=${compression}`,
      `--bootstrap-server=${broker}`,
      `--topic=${topic}`,
      '--property=parse.key=true',
      `--property=key.separator=${KEY_SEPARATOR}`,
      '--property=parse.headers=true',
      `--property=headers.delimiter=${HEADERS_DELIMITER}`,
      `--property=null.marker=${NOTHING}`,
    ],
    { input: records.map((record) => `${typed(record)}\n`).join('') },
  );
}

function typed({ key, value, headers = [] }: TypedRecord): string {
  const pairs = headers.length === 0 ? NOTHING : headers.map(([name, text]) => `${name}:${text}`).join(',');
  return `${pairs}${HEADERS_DELIMITER}${key}${KEY_SEPARATOR}${value}`;
}

/** Starts a consumer on Kafka's own client, by its source: needs the compiler that a JDK brings. */
export async function startOutsideConsumer(group: string, topic: string): Promise<OutsideConsumer> {
  const { broker } = engineAddresses();
  const source = join(import.meta.dirname, 'OutsideConsumer.java');
  const consumer = execa(
    javaCommand(process.env),
    [...(await javaArguments()), source, broker, group, topic],
    { stdin: 'ignore', reject: false },
  );
  const lines: string[] = [];
  createInterface(consumer.stdout).on('line', (line) => lines.push(line));
  const textsOf = (kind: string): string[] =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  return {
    partitions: () => {
      const last = textsOf('assigned').at(-1);
      return last === undefined ? undefined : (JSON.parse(last) as number[]);
    },
    values: () => textsOf('record').map((text) => text.slice(text.indexOf(' ') + 1)),
    stop: async () => {
      consumer.kill('SIGTERM');
      await consumer;
    },
  };
}

async function javaArguments(): Promise<readonly string[]> {
  const { classPath } = await installKafka({ directory: enginesDirectory, onProgress: () => undefined });
  return [...JVM_FLAGS, '-cp', classPath];
}
