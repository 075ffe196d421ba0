import { expect, test } from '@jest/globals';
import { progressLine } from '../../../cli/terminal/progress-line.ts';

const CLEAR = '\r\u001B[2K';

function aStream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('writes over itself on a terminal, at most four times a second, and goes away', () => {
  const stream = aStream(true);
  let time = 0;
  const line = progressLine(stream, () => time);

  for (const at of [0, 100, 249, 250, 400, 600]) {
    time = at;
    line.update(`at ${at}`);
  }
  line.done();

  expect(stream.written).toEqual([`${CLEAR}at 0`, `${CLEAR}at 250`, `${CLEAR}at 600`, CLEAR]);
});

test('prints nothing without a terminal', () => {
  const stream = aStream(false);
  const line = progressLine(stream, () => 0);

  line.update('half');
  line.done();

  expect(stream.written).toEqual([]);
});
