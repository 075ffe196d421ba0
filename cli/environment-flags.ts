import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { localDirectory, projectDirectory } from '../local/environment/project-directory.ts';
import type { EnvironmentOptions, PortChoice } from '../local/environment/environment-options.ts';
import { wholeNumber } from './parse-number.ts';

const DEFAULT_BROKER_PORT = 9092;
const DEFAULT_AWS_PORT = 4566;
const MAX_PORT = 65_535;
/** The app's own template creates its topic; this is for one that a mapping names besides. */
const NEW_TOPIC_PARTITIONS = 3;

/** The flags that `up` and `demo` share. */
export interface EnvironmentFlags {
  readonly brokerPort?: number | undefined;
  readonly awsPort?: number | undefined;
  readonly awsEndpoint?: string | undefined;
  readonly stage: string;
}

export const brokerPortOption = new Option(
  '--broker-port <port>',
  `port of the Kafka broker (default: ${DEFAULT_BROKER_PORT}, or a free one when that is taken)`,
).argParser(wholeNumber({ least: 1, most: MAX_PORT }));

export const awsPortOption = new Option(
  '--aws-port <port>',
  `port of the AWS emulator (default: ${DEFAULT_AWS_PORT}, or a free one when that is taken)`,
).argParser(wholeNumber({ least: 1, most: MAX_PORT }));

export const awsEndpointOption = new Option(
  '--aws-endpoint <url>',
  'use the AWS emulator at this address (LocalStack, say) instead of starting MiniStack',
).argParser(parseEndpoint);

export const stageOption = new Option('--stage <stage>', 'the stage of the CDK app to run').default('dev');

/** An environment of this project's own app is named after the stage that it runs.
 *
 * @param run names the run's own folder under `.local`, so that several environments can be up side by side. */
export function environmentOptions(flags: EnvironmentFlags, run: string): EnvironmentOptions {
  return {
    name: flags.stage,
    app: { kind: 'cdk', directory: projectDirectory, arguments: ['--context', `stage=${flags.stage}`] },
    invoke: 'processes',
    newTopicPartitions: NEW_TOPIC_PARTITIONS,
    emulator: {},
    ports: portChoices(flags),
    ...(flags.awsEndpoint === undefined ? {} : { awsEndpoint: flags.awsEndpoint }),
    runDirectory: runDirectory(run),
  };
}

/** Where a run keeps its cloud assembly, data and logs. */
export function runDirectory(run: string): string {
  return join(localDirectory, run);
}

/** Deletes a run's folder. */
export function removeRunDirectory(run: string): void {
  rmSync(runDirectory(run), { recursive: true, force: true });
}

/** The ports of an environment: those asked for, or the known ones while they are free. */
export const portChoices = ({
  brokerPort,
  awsPort,
}: Pick<EnvironmentFlags, 'brokerPort' | 'awsPort'>): EnvironmentOptions['ports'] => ({
  broker: portChoice(brokerPort, DEFAULT_BROKER_PORT),
  aws: portChoice(awsPort, DEFAULT_AWS_PORT),
});

function portChoice(port: number | undefined, preferred: number): PortChoice {
  return port === undefined ? { port: preferred, kind: 'preferred' } : { port, kind: 'required' };
}

export function parseEndpoint(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value.replace(/\/$/, '');
  throw new InvalidArgumentError('An endpoint is a URL such as http://127.0.0.1:4566.');
}
