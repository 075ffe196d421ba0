import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import type { ConsumerName } from '../../lib/topology/topology-types.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { openConsumerMapping } from '../mappings/consumer-mapping.ts';
import { switchMapping, switchText } from '../mappings/switch-mapping.ts';
import { consumerArgument } from '../operations/consumer-argument.ts';
import { progressLine } from '../terminal/progress-line.ts';

const DEFAULT_PATIENCE_SECONDS = 300;
const A_DAY_SECONDS = 86_400;

const EXAMPLES = `
Examples:
  orders mappings pause billing                   no poller reads for billing-group any more
  orders mappings resume billing                  it goes on where it stopped
  orders mappings pause billing --aws --stage prod

It calls Lambda's UpdateEventSourceMapping and waits until the mapping is in that state. Open calls of the function end
first; offsets stay. A paused group falls behind: records are kept as long as the topic's retention, which orders status
shows as the time that is left. On AWS your credentials need lambda:ListEventSourceMappings,
lambda:GetEventSourceMapping and lambda:UpdateEventSourceMapping. A deployment leaves a paused mapping paused only if
nothing of the mapping changes in it.`;

/** `orders mappings`: lets a consumer stand still, and go on. */
export function mappingsCommand(): CommandUnknownOpts {
  return new Command('mappings')
    .description('pause or resume the event source mapping of a consumer')
    .addCommand(switchCommand('pause', 'stop reading for a consumer, until it is resumed'))
    .addCommand(switchCommand('resume', 'read for a consumer again, from where it stopped'))
    .addHelpText('after', EXAMPLES);
}

function switchCommand(verb: 'pause' | 'resume', description: string): CommandUnknownOpts {
  return new Command(verb)
    .description(description)
    .addArgument(consumerArgument)
    .addOption(
      new Option('--wait <seconds>', 'how long to wait for the state')
        .argParser(wholeNumber({ least: 1, most: A_DAY_SECONDS }))
        .default(DEFAULT_PATIENCE_SECONDS),
    )
    .option('--json', 'print the result as one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (consumer, { wait, json, ...flags }) => {
      await withTarget(flags, async (target) => {
        await switchConsumer(target, consumer, {
          enabled: verb === 'resume',
          patienceMs: wait * 1_000,
          json: json === true,
        });
      });
    });
}

async function switchConsumer(
  target: Target,
  consumer: ConsumerName,
  {
    enabled,
    patienceMs,
    json,
  }: { readonly enabled: boolean; readonly patienceMs: number; readonly json: boolean },
): Promise<void> {
  const mapping = await openConsumerMapping(target, consumer);
  const progress = progressLine(process.stderr, () => performance.now());
  try {
    const result = await switchMapping(mapping.groupId, enabled, {
      ...mapping,
      patienceMs,
      now: () => performance.now(),
      pause: async (ms) => {
        await sleep(ms);
      },
      waiting: (text) => {
        progress.update(text);
      },
    });
    progress.done();
    console.log(json ? JSON.stringify(result) : switchText(mapping.groupId, result));
  } finally {
    progress.done();
    await mapping.close();
  }
}
