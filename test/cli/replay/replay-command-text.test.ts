import { expect, test } from '@jest/globals';
import { replayCommandText } from '../../../cli/replay/replay-command-text.ts';

test('the command that replays offsets names each range', () => {
  const text = replayCommandText(
    'billing',
    [
      { partition: 0, first: 3, last: 3 },
      { partition: 4, first: 7, last: 9 },
    ],
    {},
  );

  expect(text).toBe('npm run orders -- replay billing --range 0:3 --range 4:7-9');
});

test('many ranges of a partition become one, on the stage that was looked at', () => {
  const ranges = [1, 3, 5, 7, 9, 11].map((offset) => ({ partition: 2, first: offset, last: offset }));

  const text = replayCommandText('billing', ranges, { aws: true, stage: 'prod' });

  expect(text).toBe('npm run orders -- replay billing --range 2:1-11 --aws --stage prod');
});
