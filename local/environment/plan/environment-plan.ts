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

/** What a run begins with: nothing, topics and offsets of an earlier run, or all the data of it. */
export type Beginning = 'new' | 'topics' | 'kept';

/** Where everything goes, decided before anything starts. */
export interface EnvironmentPlan {
  readonly options: EnvironmentOptions;
  readonly directories: RunDirectories;
  readonly data: Beginning;
  /** What is noted about that data; undefined where it is not all of this environment, and no run can go on with it. */
  readonly run: LastRun | undefined;
  /** The packages of the AWS SDK that functions find, linked into the run's own folder: the folder of each by its name. */
  readonly sdk: ReadonlyMap<string, string>;
  /** Undefined where brokers run already. */
  readonly brokerPort: number | undefined;
  readonly bootstrapServers: string;
  /** Undefined where the endpoint runs already. */
  readonly awsPort: number | undefined;
  readonly awsEndpoint: string;
}

/** An emulator that begins empty, and so do the groups. */
const NEW_RUN = { emulatorState: 'none', baseline: {} } as const;

/**
 * @throws {Error} when a tool is missing that an engine needs, a port is taken that was asked for, the run's folder holds
 *   what somebody else put there, or what was kept does not fit. Nothing has been deleted by then.
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
  // Objects of S3 are written at once: without the rest they would stand in the way of the deployment.
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

/** Addresses of queues hold the port, and so do those that an app has stored: it stays unless somebody asks for another. */
function awsChoice(
  choice: EnvironmentOptions['ports']['aws'],
  lastRun: LastRun | undefined,
): EnvironmentOptions['ports']['aws'] {
  if (lastRun === undefined || choice.kind === 'required') return choice;
  return { port: lastRun.awsPort, kind: 'required' };
}
