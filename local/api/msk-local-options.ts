import { join, resolve } from 'node:path';
import { appSourceOf } from '../command/app-source-of.ts';
import { emulatorOptionsSchema } from '../command/emulator-options-schema.ts';
import { fitting } from '../command/read-json-file.ts';
import { stateFolders } from '../command/state-folders.ts';
import type { EnvironmentOptions, PortChoice } from '../environment/plan/environment-options.ts';
import type { EmulatorOptions } from '../event-source-mapping/configuration/emulator-options.ts';

/**
 * Options of `startMskLocal`. Each one equals a flag of the command `msk-local` and has the same default, unless
 * stated otherwise.
 */
export interface MskLocalOptions {
  /** A folder with `cdk.json`, a `cdk.out` folder, or a command that synthesizes. */
  readonly app: string;
  /** The folder that relative paths start from and commands run in; default: the process's working directory. */
  readonly directory?: string;
  /** The region of stacks that do not name one; default: `us-east-1`. */
  readonly region?: string;
  /**
   * Bootstrap servers of a Kafka cluster that is already running, `host:port` joined by commas; default: a broker is
   * started.
   */
  readonly brokers?: string;
  /** URL of an AWS emulator that is already running; default: MiniStack is started. */
  readonly endpoint?: string;
  /** TCP port on 127.0.0.1 for the started broker; default: a free one, so that environments run side by side. */
  readonly brokerPort?: number;
  /** TCP port on 127.0.0.1 for MiniStack; default: a free one. */
  readonly awsPort?: number;
  /** Where functions run: in processes on this machine (the default), or in the endpoint's own Lambda. */
  readonly invoke?: 'processes' | 'endpoint';
  /**
   * Partition count for a topic that no template creates and whose cluster does not set `num.partitions`, 1 to 1000;
   * default: 3.
   */
  readonly partitions?: number;
  /**
   * Values that the app imports from outside, and resources to leave out, such as `{ ssm: { '/msk/arn': 'arn:…' } }`.
   */
  readonly outside?: Partial<NonNullable<EnvironmentOptions['outside']>>;
  /** Behaviour that AWS does not document, such as `{ backoff: { baseMs: 10, maximumMs: 100 } }`. */
  readonly emulator?: Partial<EmulatorOptions>;
  /** The folder that Kafka and MiniStack are installed in; default: `MSK_LOCAL_ENGINES`, or the user's cache. */
  readonly enginesDirectory?: string;
  /**
   * The folder for the logs that a run leaves behind; default: `MSK_LOCAL_DIRECTORY`, or `.msk-local` in `directory`.
   */
  readonly stateDirectory?: string;
  /** True writes progress to standard error; default: false. */
  readonly progress?: boolean;
}

/** The process that starts an environment. */
export interface StartingProcess {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute path. */
  readonly workingDirectory: string;
}

/** Options for the environment process, except for the folder of the run. */
export interface ReadOptions {
  readonly options: Omit<EnvironmentOptions, 'runDirectory'>;
  /** Absolute path of the folder that holds the folders of all runs. */
  readonly runs: string;
}

const NOTHING_FROM_OUTSIDE = { parameters: {}, exports: {}, ssm: {}, leaveOut: [] };
const DEFAULT_PARTITIONS = 3;
const MOST_PARTITIONS = 1_000;
const MOST_PORT = 65_535;

/** @throws {Error} with a one-line message when a value is invalid. */
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
