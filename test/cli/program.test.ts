import { expect, test } from '@jest/globals';
import { ordersProgram } from '../../cli/program.ts';

const names = async (word?: string): Promise<readonly string[]> =>
  (await ordersProgram(word)).commands.map((command) => command.name());

test('a command that is named is loaded alone', async () => {
  const all = await names();

  const alone = await Promise.all(all.map((name) => names(name)));

  expect(all).toContain('up');
  expect(alone).toEqual(all.map((name) => [name]));
});

test.each([undefined, 'help', '--help', 'statuses'])(
  'for the word %s, all commands are there',
  async (word) => {
    expect(await names(word)).toEqual(await names());
  },
);
