import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { EnvironmentOptions, PortChoice } from '../environment/plan/environment-options.ts';
import { wholeNumber } from './parse-number.ts';

const DEFAULT_BROKER_PORT = 9092;
const DEFAULT_AWS_PORT = 4566;
const MAX_PORT = 65_535;

/** The ports from the flags. */
export interface PortFlags {
  readonly brokerPort?: number | undefined;
  readonly awsPort?: number | undefined;
}

export const brokerPortOption = new Option(
  '--broker-port <port>',
  `port of the Kafka broker (default: ${DEFAULT_BROKER_PORT}, or a free one when that is in use)`,
).argParser(wholeNumber({ minimum: 1, maximum: MAX_PORT }));

export const awsPortOption = new Option(
  '--aws-port <port>',
  `port of the AWS emulator (default: ${DEFAULT_AWS_PORT}, or a free one when that is in use)`,
).argParser(wholeNumber({ minimum: 1, maximum: MAX_PORT }));

/** The ports of an environment: the requested ones, or the default ones while they are free. */
export const portChoices = ({ brokerPort, awsPort }: PortFlags): EnvironmentOptions['ports'] => ({
  broker: portChoice(brokerPort, DEFAULT_BROKER_PORT),
  aws: portChoice(awsPort, DEFAULT_AWS_PORT),
});

function portChoice(port: number | undefined, preferred: number): PortChoice {
  return port === undefined ? { port: preferred, kind: 'preferred' } : { port, kind: 'required' };
}

/** Reads a flag that is an HTTP address; a slash at its end is dropped. */
export function parseEndpoint(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value.replace(/\/$/, '');
  throw new InvalidArgumentError('Give a URL such as http://127.0.0.1:4566.');
}
