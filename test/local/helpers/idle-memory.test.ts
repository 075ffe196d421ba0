import { beforeEach, expect, test } from '@jest/globals';
import { IdleMemory } from '../../../local/helpers/idle-memory.ts';

let now: number;
let given: number[];
let memory: IdleMemory;

beforeEach(() => {
  now = 0;
  given = [];
  memory = new IdleMemory({ now: () => now, giveBack: () => given.push(now) });
});

/** Looks every second until a time. */
function lookUntil(end: number): void {
  for (; now < end; now += 1_000) memory.look();
}

test('memory is given back once in a quiet time', () => {
  lookUntil(60_000);

  expect(given).toEqual([4_000]);
});

test('memory is not given back while there is work, and again in the next quiet time', () => {
  lookUntil(3_000);
  memory.worked();
  lookUntil(20_000);
  memory.worked();
  lookUntil(40_000);

  expect(given).toEqual([7_000, 24_000]);
});
