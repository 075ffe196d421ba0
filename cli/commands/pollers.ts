import { Argument, Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { MappingReport } from '#msk-local/environment/control/mapping-report.ts';
import { MAX_POLLERS } from '#msk-local/environment/control/poller-limit.ts';
import { connectToEnvironment } from '../connection/find-environment.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';

const MOST_PID = 0x3f_ff_ff;

const EXAMPLES = `
Examples:
  orders pollers billing-group 3            three members share the partitions
  orders pollers billing-group 7            more members than partitions: one stays idle
  orders pollers billing-group auto         scales automatically again, between the mapping's minimum and maximum
  orders pollers billing-group --kill 4711  kill -9 one member; its partitions move to the others

orders status shows the process ids of the pollers.`;

/** `orders pollers`: how many members a group has, and the end of one of them. */
export function pollersCommand(): CommandUnknownOpts {
  return new Command('pollers')
    .description('set how many event pollers (group members) a consumer group has, or kill one')
    .addArgument(new Argument('<group>', 'consumer group id, such as billing-group'))
    .addArgument(new Argument('[count]', 'number of pollers, or auto').argParser(parseCount))
    .addOption(
      new Option('--kill <pid>', 'kill the poller with this process id (SIGKILL)').argParser(
        wholeNumber({ minimum: 2, maximum: MOST_PID }),
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (group, count, { kill }) => {
      if ((count === undefined) === (kill === undefined)) {
        throw new Error('Give either a number of pollers (or auto), or --kill <pid>.');
      }
      const client = await connectToEnvironment();
      if (kill !== undefined) {
        await client.killPoller(group, kill);
        console.log(
          `Killed poller ${kill} of ${group}. Its partitions move when its session times out: orders status --watch`,
        );
      }
      if (count !== undefined) console.log(pollersLine(await client.setPollers(group, count)));
    });
}

function pollersLine({ consumerGroupId, pollerOverride, pollers }: MappingReport): string {
  return pollerOverride === undefined
    ? `${consumerGroupId} scales automatically again; pollers now: ${pollers.length}.`
    : `${consumerGroupId} now has ${pollerOverride} pollers. To see who reads which partition: orders status --watch`;
}

/** `null` stands for the mapping's own scaling. */
function parseCount(text: string): number | null {
  return text === 'auto' ? null : wholeNumber({ minimum: 0, maximum: MAX_POLLERS })(text);
}
