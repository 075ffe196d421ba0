import { join } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { parseEndpoint, portChoices, type PortFlags } from '#msk-local/command/port-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { orderEventsApp } from './order-events-app.ts';
import { enginesDirectory, localDirectory } from './project-folders.ts';
import type { EnvironmentOptions } from '#msk-local/environment/plan/environment-options.ts';

/** The app's own template creates its topic; this is for one that a mapping names besides. */
const NEW_TOPIC_PARTITIONS = 3;

/** The flags that `up` and `demo` share. */
export interface EnvironmentFlags extends PortFlags {
  readonly awsEndpoint?: string | undefined;
  readonly keep?: true | undefined;
  readonly stage: string;
  readonly minute?: number | undefined;
}

export const awsEndpointOption = new Option(
  '--aws-endpoint <url>',
  'use the AWS emulator at this address, such as LocalStack, instead of starting MiniStack',
).argParser(parseEndpoint);

const MAX_PORT = 65_535;

export const consolePortOption = new Option(
  '--console-port <port>',
  'port of the console (default: 8080, or a free one when that is in use)',
).argParser(wholeNumber({ minimum: 1, maximum: MAX_PORT }));

const LONGEST_MINUTE_SECONDS = 60;

/** With a short minute the emulator gets metrics of later times, so a run with kept data would meet them. */
export const minuteOption = new Option(
  '--minute <seconds>',
  'length of a minute for metrics and alarms; a shorter one shows alarms sooner (default: 60; not with --keep)',
)
  .argParser(wholeNumber({ minimum: 1, maximum: LONGEST_MINUTE_SECONDS }))
  .conflicts('keep');

export const stageOption = new Option('--stage <stage>', 'the stage of the CDK app to run').default('dev');

/** An environment of this project's own app is named after the stage that it runs.
 *
 * @param run names the run's own folder under `.local`, so that several environments can be up side by side. */
export function environmentOptions(flags: EnvironmentFlags, run: string): EnvironmentOptions {
  return {
    name: flags.stage,
    // Nothing leaves this machine, so the examples in a stage's configuration will do.
    app: orderEventsApp([`stage=${flags.stage}`, 'purpose=review']),
    invoke: 'processes',
    newTopicPartitions: NEW_TOPIC_PARTITIONS,
    emulator: {},
    ...(flags.minute === undefined ? {} : { minuteMs: flags.minute * 1_000 }),
    keep: flags.keep === true,
    ports: portChoices(flags),
    ...(flags.awsEndpoint === undefined ? {} : { awsEndpoint: flags.awsEndpoint }),
    enginesDirectory,
    runDirectory: runDirectory(run),
  };
}

/** Returns the folder of a run's cloud assembly, data and logs. */
export function runDirectory(run: string): string {
  return join(localDirectory, run);
}
