import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { controlClient } from '../environment/control/control-client.ts';
import type { EnvironmentOptions } from '../environment/plan/environment-options.ts';
import type { RunningEnvironment } from '../environment/processes/launch-environment.ts';
import type { EmulatorOptions } from '../event-source-mapping/configuration/emulator-options.ts';
import { readEmulatorOptions, readSource, type SourceFlags } from './read-source.ts';
import {
  exportOption,
  leaveOutOption,
  parameterOption,
  readOutsideValues,
  ssmOption,
  valuesOption,
  type OutsideFlags,
} from './outside-flags.ts';
import { keptRunFolder, ownRunFolder } from './run-folder.ts';
import { stateFolders } from './state-folders.ts';
import { awsPortOption, brokerPortOption, parseEndpoint, portChoices } from './port-flags.ts';
import { environmentReport, keptText } from './environment-text.ts';
import { wholeNumber } from './parse-number.ts';
import { withEnvironment } from './with-environment.ts';

const MOST_PARTITIONS = 1_000;
const DEFAULT_PARTITIONS = 3;
/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html */
const MOST_SECONDS = 840;
/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MEMORY_MB = { minimum: 128, maximum: 10_240 };

const EXAMPLES = `
Examples:
  msk-local --app ../my-app                            a CDK project's folder, synthesized first
  msk-local --app cdk.out --region eu-west-1           an existing cloud assembly
  msk-local --app "npm run synth" --endpoint http://127.0.0.1:4566 --brokers 127.0.0.1:9092
  msk-local --app . --ssm /platform/msk/arn=arn:aws:kafka:… --leave-out AWS::Glue::Registry
  msk-local --mapping mapping.json --handler dist/index.handler
  msk-local --app cdk.out --keep                       continue with the data of the last run with --keep

It runs until Ctrl-C. local/README.md explains every step.

Exit code 0 when you stop it; 1 when it fails, for example because its broker ended. The last line has the reason.`;

/** `msk-local`: runs the Kafka event source mappings of any CDK app on this machine, until Ctrl-C. */
export function mskLocalCommand(): CommandUnknownOpts {
  return new Command('msk-local')
    .description('run the Kafka event source mappings of a CDK app, and their functions, on this machine')
    .showHelpAfterError('(msk-local --help lists the options)')
    .option('--app <what>', "a cdk.out folder, a CDK project's folder, or a command that synthesizes")
    .addOption(
      new Option('--mapping <file.json>', 'a CreateEventSourceMapping request instead of an app').conflicts(
        'app',
      ),
    )
    .addOption(
      new Option(
        '--handler <file.export>',
        'with --mapping: the function, such as dist/index.handler',
      ).conflicts('app'),
    )
    .addOption(
      new Option('--timeout <seconds>', "with --mapping: the function's timeout (default: 3)")
        .argParser(wholeNumber({ minimum: 1, maximum: MOST_SECONDS }))
        .conflicts('app'),
    )
    .addOption(
      new Option('--memory <megabytes>', "with --mapping: the function's memory (default: 128)")
        .argParser(wholeNumber(MEMORY_MB))
        .conflicts('app'),
    )
    .addOption(
      new Option('--env <name=value...>', "with --mapping: the function's environment variables").conflicts(
        'app',
      ),
    )
    .addOption(
      new Option(
        '--endpoint <url>',
        'an AWS emulator that is already running (default: MiniStack is started)',
      )
        .argParser(parseEndpoint)
        .conflicts('awsPort'),
    )
    .addOption(
      new Option(
        '--brokers <host:port,...>',
        'a Kafka cluster that is already running (default: a broker is started)',
      )
        .argParser(parseBrokers)
        .conflicts('brokerPort'),
    )
    .addOption(awsPortOption)
    .addOption(brokerPortOption)
    .addOption(
      new Option('--invoke <where>', "run the functions as processes, or in the endpoint's own Lambda")
        .choices(['processes', 'endpoint'])
        .default('processes' as const),
    )
    .option(
      '--region <region>',
      'the region of stacks that do not name one (default: us-east-1)',
      parseRegion,
    )
    .addOption(
      new Option(
        '--partitions <count>',
        'partition count for a topic that a mapping reads and no template creates',
      )
        .argParser(wholeNumber({ minimum: 1, maximum: MOST_PARTITIONS }))
        .default(DEFAULT_PARTITIONS),
    )
    .addOption(
      new Option(
        '--keep',
        "keep this app's topics, offsets, tables and queues, and continue with them next time",
      ).conflicts(['endpoint', 'brokers']),
    )
    .addOption(parameterOption.conflicts('mapping'))
    .addOption(exportOption.conflicts('mapping'))
    .addOption(ssmOption.conflicts('mapping'))
    .addOption(leaveOutOption.conflicts('mapping'))
    .addOption(valuesOption.conflicts('mapping'))
    .option(
      '--options <file.json>',
      'settings that AWS does not document, such as {"partialRetryScope": "rewind"}',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (flags) => {
      const base = startFolder();
      const emulator = await readEmulatorOptions(flags.options, base);
      const options = await optionsOf(flags, { base, emulator });
      await withEnvironment(options, (environment) => stayUp(environment, options.keep));
    });
}

interface Flags extends SourceFlags, OutsideFlags {
  readonly endpoint?: string | undefined;
  readonly brokers?: string | undefined;
  readonly awsPort?: number | undefined;
  readonly brokerPort?: number | undefined;
  readonly region?: string | undefined;
  readonly partitions: number;
  readonly keep?: true | undefined;
}

async function optionsOf(
  flags: Flags,
  { base, emulator }: { readonly base: string; readonly emulator: Partial<EmulatorOptions> },
): Promise<EnvironmentOptions> {
  const { endpoint, brokers, region, keep = false } = flags;
  const folders = stateFolders(process.env, process.cwd());
  const name = flags.app ?? flags.mapping ?? '';
  return {
    name,
    app: await readSource(flags, { base, emulator }),
    ports: portChoices(flags),
    ...(endpoint === undefined ? {} : { awsEndpoint: endpoint }),
    ...(brokers === undefined ? {} : { bootstrapServers: brokers }),
    ...(region === undefined ? {} : { region }),
    invoke: flags.invoke,
    newTopicPartitions: flags.partitions,
    outside: await readOutsideValues(flags, base),
    emulator,
    enginesDirectory: folders.engines,
    keep,
    runDirectory: keep
      ? keptRunFolder(folders.kept, resolve(base, name))
      : await ownRunFolder(folders.runs, process.pid),
  };
}

/**
 * The folder that relative paths start from. npm runs scripts in the project's folder, but paths are relative to
 * where npm was called.
 */
function startFolder(): string {
  const calledFrom = process.env['npm_lifecycle_event'] === undefined ? undefined : process.env['INIT_CWD'];
  return resolve(calledFrom ?? '.');
}

async function stayUp({ description, ended }: RunningEnvironment, keep: boolean): Promise<void> {
  if (keep) console.log(keptText(description));
  const mappings = await controlClient(description).mappings();
  console.log(environmentReport(description, mappings));
  console.log('Ready. Ctrl-C stops everything.');
  await ended;
}

function parseBrokers(value: string): string {
  if (/^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/.test(value)) return value;
  throw new InvalidArgumentError('Brokers are host:port, joined by commas, such as 127.0.0.1:9092.');
}

function parseRegion(value: string): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d+$/.test(value)) return value;
  throw new InvalidArgumentError('Write a region such as eu-west-1.');
}
