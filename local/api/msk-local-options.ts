import { join, resolve } from 'node:path';
import { appSourceOf } from '../command/app-source-of.ts';
import { emulatorOptionsSchema } from '../command/emulator-options-schema.ts';
import { fitting } from '../command/read-json-file.ts';
import { stateFolders } from '../command/state-folders.ts';
import type { EnvironmentOptions, PortChoice } from '../environment/plan/environment-options.ts';
import type { EmulatorOptions } from '../event-source-mapping/configuration/emulator-options.ts';

/** What to start. Each option is that of the command line `msk-local`, with the same default unless it says another. */
export interface MskLocalOptions {
  /** A folder with `cdk.json`, a `cdk.out` folder, or a command that synthesizes. */
  readonly app: string;
  /** The folder that relative paths start from and commands run in; default: that of the process. */
  readonly directory?: string;
  /** The region of stacks that name none; default: `us-east-1`. */
  readonly region?: string;
  /** Kafka that runs already, `host:port` joined by commas; default: a broker is started. */
  readonly brokers?: string;
  /** An AWS emulator that runs already, as a URL; default: MiniStack is started. */
  readonly endpoint?: string;
  /** A TCP port of 127.0.0.1 for the broker that is started; default: a free one, so that environments run side by side. */
  readonly brokerPort?: number;
  /** The same for MiniStack. */
  readonly awsPort?: number;
  /** Who runs the functions: processes of this machine (the default), or the endpoint's own Lambda. */
  readonly invoke?: 'processes' | 'endpoint';
  /** Partitions of a topic that nobody creates and whose cluster sets no `num.partitions`, 1 to 1000; default: 3. */
  readonly partitions?: number;
  /** What the app takes from outside of it, and what is left out of it, such as `{ ssm: { '/msk/arn': 'arn:…' } }`. */
  readonly outside?: Partial<NonNullable<EnvironmentOptions['outside']>>;
  /** What AWS leaves open, such as `{ backoff: { baseMs: 10, maximumMs: 100 } }`. */
  readonly emulator?: Partial<EmulatorOptions>;
  /** The folder that Kafka and MiniStack are installed in; default: `MSK_LOCAL_ENGINES`, or the person's cache. */
  readonly enginesDirectory?: string;
  /** The folder for what a run leaves behind, its logs; default: `MSK_LOCAL_DIRECTORY`, or `.msk-local` in `directory`. */
  readonly stateDirectory?: string;
  /** Whether progress is written to standard error; default: false. */
  readonly progress?: boolean;
}

/** The process that starts an environment. */
export interface StartingProcess {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute path. */
  readonly workingDirectory: string;
}

/** What the environment process is told, but for the folder of the run. */
export interface ReadOptions {
  readonly options: Omit<EnvironmentOptions, 'runDirectory'>;
  /** Absolute path of the folder that holds the folders of all runs. */
  readonly runs: string;
}

const NOTHING_FROM_OUTSIDE = { parameters: {}, exports: {}, ssm: {}, leaveOut: [] };
const DEFAULT_PARTITIONS = 3;
const MOST_PARTITIONS = 1_000;
const MOST_PORT = 65_535;

/** @throws {Error} in one line for a value that does not fit. */
export function readOptions(given: MskLocalOptions, starting: StartingProcess): ReadOptions {
  const { variables, workingDirectory } = starting;
  const base = resolve(workingDirectory, given.directory ?? '.');
  const { enginesDirectory, stateDirectory } = given;
  const folders = stateFolders(
    {
      MSK_LOCAL_DIRECTORY: join(base, '.msk-local'),
      ...variables,
      ...(enginesDirectory === undefined ? {} : { MSK_LOCAL_ENGINES: resolve(base, enginesDirectory) }),
      ...(stateDirectory === undefined ? {} : { MSK_LOCAL_DIRECTORY: resolve(base, stateDirectory) }),
    },
    workingDirectory,
  );
  return {
    runs: folders.runs,
    options: {
      name: given.app,
      app: appSourceOf(given.app, base),
      ports: { broker: portOf('brokerPort', given), aws: portOf('awsPort', given) },
      ...(given.brokers === undefined ? {} : { bootstrapServers: given.brokers }),
      ...(given.endpoint === undefined ? {} : { awsEndpoint: given.endpoint.replace(/\/$/, '') }),
      ...(given.region === undefined ? {} : { region: given.region }),
      invoke: given.invoke ?? 'processes',
      newTopicPartitions: wholeNumber('partitions', given.partitions ?? DEFAULT_PARTITIONS, MOST_PARTITIONS),
      ...(given.outside === undefined ? {} : { outside: { ...NOTHING_FROM_OUTSIDE, ...given.outside } }),
      emulator: fitting(given.emulator ?? {}, emulatorOptionsSchema, 'emulator'),
      enginesDirectory: folders.engines,
      keep: false,
    },
  };
}

function portOf(name: 'brokerPort' | 'awsPort', given: MskLocalOptions): PortChoice {
  const port = given[name];
  return port === undefined
    ? { port: ANY_FREE_PORT, kind: 'preferred' }
    : { port: wholeNumber(name, port, MOST_PORT), kind: 'required' };
}

const ANY_FREE_PORT = 0;

function wholeNumber(name: keyof MskLocalOptions, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${name} is ${value}: give a whole number from 1 to ${most}, or leave it out.`);
}
