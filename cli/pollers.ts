import { Argument, Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { MappingReport } from '../local/environment/control-api.ts';
import { connectToEnvironment } from '../local/environment/control-client.ts';

const EXAMPLES = `
Examples:
  orders pollers billing-group 3            three members share the partitions
  orders pollers billing-group 7            more members than partitions: one stays idle
  orders pollers billing-group auto         back to the mapping's own minimum and maximum
  orders pollers billing-group --kill 4711  kill -9 one member; its partitions move to the others

Process ids of the pollers: orders status`;

/** `orders pollers`: how many members a group has, and the end of one of them. */
export function pollersCommand(): Command {
  return new Command('pollers')
    .description('set how many event pollers (group members) a consumer group has, or kill one')
    .addArgument(new Argument('<group>', 'consumer group id, such as billing-group'))
    .addArgument(new Argument('[count]', 'number of pollers, or auto').argParser(parseCount))
    .option('--kill <pid>', 'kill the poller with this process id (SIGKILL)', parsePid)
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
    }) as unknown as Command;
}

function pollersLine({ consumerGroupId, pollerOverride, pollers }: MappingReport): string {
  const count = pollerOverride ?? pollers.length;
  return pollerOverride === undefined
    ? `${consumerGroupId} scales by itself again, with ${count} pollers now.`
    : `${consumerGroupId} gets ${count} pollers. Who reads which partition: orders status --watch`;
}

/** `null` stands for the mapping's own scaling. */
function parseCount(value: string): number | null {
  if (value === 'auto') return null;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError('It is a whole number from 0 on, or auto.');
}

function parsePid(value: string): number {
  const pid = Number(value);
  if (Number.isInteger(pid) && pid > 1) return pid;
  throw new InvalidArgumentError('A process id is a whole number; orders status shows those of the pollers.');
}
