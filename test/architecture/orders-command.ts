import type { CommandUnknownOpts } from '@commander-js/extra-typings';

/** What a person types after `npm run orders --`, held against the program. Placeholders such as `<group>` stand for values. */
export function problemsOfCommand(words: readonly string[], program: CommandUnknownOpts): readonly string[] {
  const [first = ''] = words;
  const subcommand = program.commands.find((command) => command.name() === first);
  if (subcommand !== undefined) return problemsOfCommand(words.slice(1), subcommand);
  if (program.commands.length > 0) {
    return words.every((word) => word === '--help') ? [] : [`${program.name()} has no command ${first}`];
  }
  return problemsOfWords(words, program);
}

/** Every flag of every command. */
export function allFlags(program: CommandUnknownOpts): readonly string[] {
  return [
    ...program.options.flatMap(({ long }) => long ?? []),
    ...program.commands.flatMap((command) => allFlags(command)),
  ];
}

function problemsOfWords(words: readonly string[], command: CommandUnknownOpts): readonly string[] {
  const flags = words.filter((word) => word.startsWith('--') && word !== '--help');
  const unknown = flags.filter((flag) => optionOf(command, flag) === undefined);
  const values = words.filter(
    (word, index) => !word.startsWith('--') && optionOf(command, words[index - 1])?.required !== true,
  );
  const most = command.registeredArguments.length;
  return [
    ...unknown.map((flag) => `${command.name()} has no flag ${flag}`),
    ...(values.length > most
      ? [`${command.name()} takes ${most} values, not ${values.length}: ${values.join(' ')}`]
      : []),
  ];
}

function optionOf(
  command: CommandUnknownOpts,
  flag: string | undefined,
): CommandUnknownOpts['options'][number] | undefined {
  return command.options.find(({ long }) => long === flag);
}
