import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';

/** The commands by name, in the order of the help. Each is loaded only when it is needed. */
const COMMANDS: ReadonlyMap<string, () => Promise<CommandUnknownOpts>> = new Map([
  ['up', async () => (await import('./commands/up.ts')).upCommand()],
  ['demo', async () => (await import('./commands/demo.ts')).demoCommand()],
  ['drill', async () => (await import('./commands/drill.ts')).drillCommand()],
  ['produce', async () => (await import('./commands/produce.ts')).produceCommand()],
  ['status', async () => (await import('./commands/status.ts')).statusCommand()],
  ['alarms', async () => (await import('./commands/alarms.ts')).alarmsCommand()],
  ['console', async () => (await import('./commands/console.ts')).consoleCommand()],
  ['audit', async () => (await import('./commands/audit.ts')).auditCommand()],
  ['doctor', async () => (await import('./commands/doctor.ts')).doctorCommand()],
  ['mappings', async () => (await import('./commands/mappings.ts')).mappingsCommand()],
  ['dlq', async () => (await import('./commands/dlq.ts')).dlqCommand()],
  ['redrive', async () => (await import('./commands/redrive.ts')).redriveCommand()],
  ['replay', async () => (await import('./commands/replay.ts')).replayCommand()],
  ['offsets', async () => (await import('./commands/offsets.ts')).offsetsCommand()],
  ['pollers', async () => (await import('./commands/pollers.ts')).pollersCommand()],
  ['stock', async () => (await import('./commands/stock-set.ts')).stockCommand()],
  ['topics', async () => (await import('./commands/topics.ts')).topicsCommand()],
  ['smoke', async () => (await import('./commands/smoke.ts')).smokeCommand()],
  ['down', async () => (await import('./commands/down.ts')).downCommand()],
]);

/**
 * The `orders` command line.
 *
 * @param word - the first word of the command line. When it is the name of a command, the other commands are left out, because
 *   their modules would take most of the time of a short command.
 */
export async function ordersProgram(word?: string): Promise<CommandUnknownOpts> {
  const program = new Command('orders')
    .description(
      'Orders through one Kafka topic to three consumer groups on AWS Lambda: locally, or on AWS with --aws.',
    )
    .showHelpAfterError('(orders --help shows what is allowed)');
  const named = COMMANDS.get(word ?? '');
  for (const load of named === undefined ? COMMANDS.values() : [named]) program.addCommand(await load());
  return program;
}
