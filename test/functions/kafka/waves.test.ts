import { expect, test } from '@jest/globals';
import { splitIntoWaves } from '../../../functions/kafka/waves.ts';

test.each([
  { story: 'unrelated items share a wave', items: ['a', 'b', 'c'], waves: [['a', 'b', 'c']] },
  {
    story: 'items of one sequence follow each other',
    items: ['a', 'a', 'b', 'a'],
    waves: [['a', 'b'], ['a'], ['a']],
  },
  {
    story: 'an item waits for all its sequences',
    items: ['a', 'a', 'ab', 'b'],
    waves: [['a'], ['a'], ['ab'], ['b']],
  },
  { story: 'nothing has no wave', items: [], waves: [] },
])('$story', ({ items, waves }) => {
  const split = splitIntoWaves<string>(items, (item) => item.split(''));

  expect(split).toEqual(waves);
});
