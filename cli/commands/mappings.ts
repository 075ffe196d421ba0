import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import type { ConsumerName } from '../../lib/topology/topology.ts';
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
  orders mappings pause billing                   stops the pollers of billing-group
  orders mappings resume billing                  continues where it stopped
  orders mappings pause billing --aws --stage prod

The command calls Lambda's UpdateEventSourceMapping and waits until the mapping has the new state. Invocations that run end
first; offsets do not change. A paused group falls behind, and the topic deletes records after its retention: orders status
shows the time that is left. On AWS your credentials need lambda:ListEventSourceMappings, lambda:GetEventSourceMapping
and lambda:UpdateEventSourceMapping. A deployment that changes the mapping may enable it again.`;

/** `orders mappings`: lets a consumer stand still, and go on. */
export function mappingsCommand(): CommandUnknownOpts {
  return new Command('mappings')
    .description('pause or resume the event source mapping of a consumer')
    .addCommand(switchCommand('pause', 'stop a consumer from reading until it is resumed'))
    .addCommand(switchCommand('resume', 'let a consumer read again, from where it stopped'))
    .addHelpText('after', EXAMPLES);
}

function switchCommand(verb: 'pause' | 'resume', description: string): CommandUnknownOpts {
  return new Command(verb)
    .description(description)
    .addArgument(consumerArgument)
    .addOption(
      new Option('--wait <seconds>', 'how long to wait for the state')
        .argParser(wholeNumber({ minimum: 1, maximum: A_DAY_SECONDS }))
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
