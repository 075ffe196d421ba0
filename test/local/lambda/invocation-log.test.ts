import { expect, test } from '@jest/globals';
import { createInvocationLog } from '../../../local/lambda/invocation-log.ts';

test('keeps the last 4 KB of all lines and passes every line on', () => {
  const lines: string[] = [];
  const log = createInvocationLog((line) => lines.push(line));

  log.write('a'.repeat(3000));
  log.write('ä'.repeat(2000));

  expect(lines.map((line) => line.length)).toEqual([3000, 2000]);
  expect(log.tail()).toEqual(Buffer.from(`${'a'.repeat(94)}\n${'ä'.repeat(2000)}\n`));
});
