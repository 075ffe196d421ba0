import { missingPrerequisites } from '../../engines/prerequisites.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { makeRunDirectories, type RunDirectories } from './run-directories.ts';
import { resolvePort } from './resolve-port.ts';

/** Where everything goes, decided before anything starts. */
export interface EnvironmentPlan {
  readonly options: EnvironmentOptions;
  readonly directories: RunDirectories;
  /** Undefined where brokers run already. */
  readonly brokerPort: number | undefined;
  readonly bootstrapServers: string;
  /** Undefined where the endpoint runs already. */
  readonly awsPort: number | undefined;
  readonly awsEndpoint: string;
}

/** @throws {Error} when a tool is missing that an engine needs, or a port is taken that was asked for. */
export async function makePlan(options: EnvironmentOptions): Promise<EnvironmentPlan> {
  const { ports } = options;
  const needed = {
    kafka: options.bootstrapServers === undefined,
    ministack: options.awsEndpoint === undefined,
  };
  const missing = await missingPrerequisites(options.enginesDirectory, needed);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  const brokerPort = needed.kafka ? await resolvePort(ports.broker, 'the Kafka broker') : undefined;
  const awsPort = needed.ministack ? await resolvePort(ports.aws, 'the AWS emulator') : undefined;
  return {
    options,
    directories: await makeRunDirectories(options.runDirectory, options.enginesDirectory),
    brokerPort,
    bootstrapServers: options.bootstrapServers ?? `127.0.0.1:${brokerPort}`,
    awsPort,
    awsEndpoint: options.awsEndpoint ?? `http://127.0.0.1:${awsPort}`,
  };
}
