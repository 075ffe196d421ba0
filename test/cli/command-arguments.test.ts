import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { describe, expect, test } from '@jest/globals';
import { alarmsCommand } from '../../cli/commands/alarms.ts';
import { produceCommand } from '../../cli/commands/produce.ts';
import { statusCommand } from '../../cli/commands/status.ts';
import { stockCommand } from '../../cli/commands/stock-set.ts';
import { upCommand } from '../../cli/commands/up.ts';

/** Runs a command, and returns what it says when it refuses. */
async function refusal(command: CommandUnknownOpts, argv: readonly string[]): Promise<string> {
  let said = '';
  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({
      writeErr: (text) => {
        said += text;
      },
    });
  }
  await command.parseAsync([...argv], { from: 'user' }).catch(() => undefined);
  return said.trim();
}

describe('a command that is called with bad arguments', () => {
  test.each([
    {
      argv: ['--count', '0'],
      message:
        "error: option '--count <orders>' argument '0' is invalid. Give a whole number from 1 to 1000000.",
    },
    {
      argv: ['--rate', 'fast'],
      message:
        "error: option '--rate <per second>' argument 'fast' is invalid. Give a number from 0.01 to 100000.",
    },
    {
      argv: ['--seed', '-1'],
      message:
        "error: option '--seed <number>' argument '-1' is invalid. Give a whole number from 0 to 4294967295.",
    },
    {
      argv: ['--cancel', '20'],
      message: "error: option '--cancel <share>' argument '20' is invalid. Give a number from 0 to 1.",
    },
    {
      argv: ['--file', 'a.jsonl', '--count', '3'],
      message: "error: option '--file <events.jsonl>' cannot be used with option '--count <orders>'",
    },
    {
      argv: ['orders'],
      message: 'error: too many arguments. Expected 0 arguments but got 1: orders.',
    },
  ])('produce $argv says what is allowed', async ({ argv, message }) => {
    const said = await refusal(produceCommand(), argv);

    expect(said).toBe(message);
  });

  test.each([
    {
      argv: ['set', 'two words', '5'],
      message:
        "error: command-argument value 'two words' is invalid for argument 'sku'. " +
        'A sku is 1 to 64 letters, digits or any of . _ : @ + = - and begins with a letter or digit.',
    },
    {
      argv: ['set', 'TEA-SENCHA', '1.5'],
      message:
        "error: command-argument value '1.5' is invalid for argument 'available'. " +
        'Give a whole number from 0 to 1000000000.',
    },
    { argv: ['set', 'TEA-SENCHA'], message: "error: missing required argument 'available'" },
  ])('stock $argv says what is allowed', async ({ argv, message }) => {
    const said = await refusal(stockCommand(), argv);

    expect(said).toBe(message);
  });
});

test.each([
  {
    command: upCommand(),
    argv: ['--minute', '2', '--keep'],
    message: "error: option '--minute <seconds>' cannot be used with option '--keep'",
  },
  {
    command: alarmsCommand(),
    argv: ['--history', '--state', 'ALARM'],
    message: "error: option '--state <state>' cannot be used with option '--history'",
  },
])('flags that exclude each other are rejected: $message', async ({ command, argv, message }) => {
  const said = await refusal(command, argv);

  expect(said).toBe(message);
});

test.each([alarmsCommand(), produceCommand(), statusCommand(), stockCommand()])(
  'the help of a command has examples',
  (command) => {
    let help = '';
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });

    command.outputHelp();

    expect(help).toContain(`Examples:\n  orders ${command.name()}`);
  },
);
