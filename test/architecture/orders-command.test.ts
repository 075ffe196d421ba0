import { expect, test } from '@jest/globals';
import { ordersProgram } from '../../cli/program.ts';
import { problemsOfCommand } from './orders-command.ts';

test.each([
  { typed: 'status --watch', problems: [] },
  { typed: 'pollers <group> <n>', problems: [] },
  { typed: 'pollers billing-group --kill <pid>', problems: [] },
  { typed: 'stock set TEA-SENCHA 3 --aws --stage prod', problems: [] },
  { typed: '--help', problems: [] },
  { typed: 'statuses', problems: ['orders has no command statuses'] },
  { typed: 'stock sell', problems: ['stock has no command sell'] },
  {
    typed: 'produce --number 3',
    problems: ['produce has no flag --number', 'produce takes 0 values, not 1: 3'],
  },
  { typed: 'down now', problems: ['down takes 0 values, not 1: now'] },
])('"orders $typed" in a document is held against the program', async ({ typed, problems }) => {
  expect(problemsOfCommand(typed.split(' '), await ordersProgram())).toStrictEqual(problems);
});
