import { rm } from 'node:fs/promises';
import { KAFKA_VERSION } from '../../engines/kafka-installation.ts';
import { MINISTACK_VERSION } from '../../engines/ministack-installation.ts';
import { missingPrerequisites } from '../../engines/prerequisites.ts';
import { requireOwnFolder } from '../../helpers/own-folder.ts';
import { findSdk, linkPackages } from '../../helpers/sdk-packages.ts';
import { appDirectoryOf } from './app-source.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { readLastRun, writeLastRun, type LastRun } from './last-run.ts';
import { dataDirectory, emulatorData, makeRunDirectories, type RunDirectories } from './run-directories.ts';
import { resolvePort } from './resolve-port.ts';

/** The data that a run starts with: none, topics and offsets of an earlier run, or all data of that run. */
export type Beginning = 'new' | 'topics' | 'kept';

/** The ports and folders of a run, decided before anything starts. */
export interface EnvironmentPlan {
  readonly options: EnvironmentOptions;
  readonly directories: RunDirectories;
  readonly data: Beginning;
  /**
   * The notes about that data; undefined when part of it is outside of this environment, so that no run can continue
   * with it.
   */
  readonly run: LastRun | undefined;
  /** The AWS SDK packages for functions, which are linked into the run's folder: the folder of each by its name. */
  readonly sdk: ReadonlyMap<string, string>;
  /** Undefined when brokers are already running. */
  readonly brokerPort: number | undefined;
  readonly bootstrapServers: string;
  /** Undefined when the endpoint is already running. */
  readonly awsPort: number | undefined;
  readonly awsEndpoint: string;
}

/** The notes of a run whose emulator starts empty and whose groups start at the beginning. */
const NEW_RUN = { emulatorState: 'none', baseline: {} } as const;

/**
 * @throws {Error} when a tool that an engine needs is missing, a requested port is in use, msk-local did not create
 *   the run's folder, or the kept data does not match. Nothing has been deleted by then.
 */
export async function makePlan(options: EnvironmentOptions): Promise<EnvironmentPlan> {
  const { ports, runDirectory } = options;
  await requireOwnFolder(runDirectory);
  const needed = {
    kafka: options.bootstrapServers === undefined,
    ministack: options.awsEndpoint === undefined,
  };
  const missing = await missingPrerequisites(options.enginesDirectory, needed);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  const identity = { name: options.name, kafka: KAFKA_VERSION, ministack: MINISTACK_VERSION };
  const lastRun = options.keep ? await readLastRun(dataDirectory(runDirectory), identity) : undefined;
  const brokerPort = needed.kafka ? await resolvePort(ports.broker, 'the Kafka broker') : undefined;
  const awsPort = needed.ministack
    ? await resolvePort(awsChoice(ports.aws, lastRun), 'the AWS emulator')
    : undefined;
  const data = beginning(lastRun);
  const kept = data === 'new' ? 'new' : 'kept';
  const directories = await makeRunDirectories(runDirectory, options.enginesDirectory, kept);
  const isAllOwn = brokerPort !== undefined && awsPort !== undefined;
  const run = isAllOwn ? { ...NEW_RUN, ...lastRun, ...identity, awsPort } : undefined;
  if (run !== undefined) await writeLastRun(directories.data, run);
  // S3 objects are saved at once. Without the rest of the state they would block the deployment.
  if (run?.emulatorState === 'none') await rm(emulatorData(directories), { recursive: true, force: true });
  const sdk = await findSdk(appDirectoryOf(options.app));
  await linkPackages(directories.sdkModules, sdk);
  return {
    options,
    directories,
    data,
    run,
    sdk,
    brokerPort,
    bootstrapServers: options.bootstrapServers ?? `127.0.0.1:${brokerPort}`,
    awsPort,
    awsEndpoint: options.awsEndpoint ?? `http://127.0.0.1:${awsPort}`,
  };
}

function beginning(lastRun: LastRun | undefined): Beginning {
  if (lastRun === undefined) return 'new';
  return lastRun.emulatorState === 'none' ? 'topics' : 'kept';
}

/**
 * Chooses the emulator's port. Queue URLs contain it, also those that an app has stored, so it stays the same unless
 * the user requests another.
 */
function awsChoice(
  choice: EnvironmentOptions['ports']['aws'],
  lastRun: LastRun | undefined,
): EnvironmentOptions['ports']['aws'] {
  if (lastRun === undefined || choice.kind === 'required') return choice;
  return { port: lastRun.awsPort, kind: 'required' };
}
