import { expect, test } from '@jest/globals';
import { numberOfTraces } from './number-of-traces.ts';

test.each([
  { story: 'is 1,000 by default', text: undefined, expected: 1_000 },
  { story: 'is what TRACES says', text: '10000', expected: 10_000 },
])('the number of traces $story', ({ text, expected }) => {
  const traces = numberOfTraces(text);

  expect(traces).toBe(expected);
});

test.each(['', '0', '-5', '1.5', '1e4', '10_000', 'many', '1000001'])(
  'TRACES="%s" is rejected with the allowed values',
  (text) => {
    const read = (): number => numberOfTraces(text);

    expect(read).toThrow(
      `TRACES is "${text}"; allowed is a whole number from 1 to 1000000. Set one, or unset TRACES for 1000.`,
    );
  },
);
