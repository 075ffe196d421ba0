import { expect, test } from '@jest/globals';
import { createLineSplitter } from '../../../local/lambda/line-splitter.ts';

test('puts lines together from chunks that end anywhere, also inside a character', () => {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  const bytes = Buffer.from(['one', 'café', 'rest'].join('\n'));

  for (const byte of bytes) splitter.push(Buffer.of(byte));
  splitter.flush();
  splitter.flush();

  expect(lines).toEqual(['one', 'café', 'rest']);
});
