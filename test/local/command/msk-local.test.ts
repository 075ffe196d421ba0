import { expect, test } from '@jest/globals';
import { mskLocalCommand } from '../../../local/command/msk-local.ts';

/** What the command says when it refuses. */
async function refusal(argv: readonly string[]): Promise<string> {
  let said = '';
  const command = mskLocalCommand()
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({
      writeErr: (text) => {
        said += text;
      },
    });
  await command.parseAsync([...argv], { from: 'user' }).catch(() => undefined);
  return said.trim();
}

test.each([
  {
    argv: ['--app', 'cdk.out', '--mapping', 'mapping.json'],
    message: "error: option '--mapping <file.json>' cannot be used with option '--app <what>'",
  },
  {
    argv: ['--app', 'cdk.out', '--handler', 'index.handler'],
    message: "error: option '--handler <file.export>' cannot be used with option '--app <what>'",
  },
  {
    argv: ['--brokers', '127.0.0.1'],
    message:
      "error: option '--brokers <host:port,...>' argument '127.0.0.1' is invalid. " +
      'Brokers are host:port, joined by commas, such as 127.0.0.1:9092.',
  },
  {
    argv: ['--brokers', '127.0.0.1:9092', '--broker-port', '9092'],
    message: "error: option '--brokers <host:port,...>' cannot be used with option '--broker-port <port>'",
  },
  {
    argv: ['--endpoint', 'localhost'],
    message:
      "error: option '--endpoint <url>' argument 'localhost' is invalid. Give a URL such as http://127.0.0.1:4566.",
  },
  {
    argv: ['--invoke', 'docker'],
    message:
      "error: option '--invoke <where>' argument 'docker' is invalid. Allowed choices are processes, endpoint.",
  },
  {
    argv: ['--region', 'Ireland'],
    message:
      "error: option '--region <region>' argument 'Ireland' is invalid. Write a region such as eu-west-1.",
  },
  {
    argv: ['--timeout', '900'],
    message:
      "error: option '--timeout <seconds>' argument '900' is invalid. Give a whole number from 1 to 840.",
  },
])('msk-local $argv says what is allowed', async ({ argv, message }) => {
  expect(await refusal(argv)).toBe(message);
});
