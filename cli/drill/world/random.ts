import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** In [0, 1); the same numbers for the same seed. */
export type Random = () => number;

export function randomOf(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** A whole number from 0 up to, but without, the given one. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}
