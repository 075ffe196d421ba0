import { expect, test } from '@jest/globals';
import { Pace } from '../../../console/sampling/pace.ts';

/** The moments of a minute, a second apart, at which it is time. */
const times = (pace: Pace, isWatched: (second: number) => boolean): readonly number[] =>
  Array.from({ length: 60 }, (_, second) => second).filter((second) =>
    pace.isDue(second * 1_000, isWatched(second)),
  );

test('it is time at once, and then each time the while is over', () => {
  expect(times(new Pace({ watched: 20_000 }), () => true)).toEqual([0, 20, 40]);
});

test('without a viewer it is time seldom, and soon when one comes', () => {
  const pace = new Pace({ watched: 1_000, unwatched: 10_000 });

  expect(times(pace, (second) => second >= 55)).toEqual([0, 10, 20, 30, 40, 50, 55, 56, 57, 58, 59]);
});

test('what nobody needs while nobody looks is never due then', () => {
  expect(times(new Pace({ watched: 1_000 }), () => false)).toEqual([]);
});
