import { describe, expect, test } from '@jest/globals';
import type { EffectFailure } from '../../../functions/kernel/outcome-of-failure.ts';
import { err, ok, type Result } from '../../../functions/kernel/result.ts';
import { retryWithin } from '../../../functions/kernel/retry-within.ts';

const NO_ANSWER = err<EffectFailure>({ code: 'store-unavailable', message: 'planted' });
const REFUSED = err<EffectFailure>({ code: 'store-refused', message: 'planted' });

interface Story {
  readonly story: string;
  readonly answers: readonly Result<string, EffectFailure>[];
  readonly remainingMs?: number;
  readonly maxTries?: number;
  readonly answer: Result<string, EffectFailure>;
  readonly pauses: readonly number[];
}

const stories: readonly Story[] = [
  { story: 'an answer ends it', answers: [ok('written')], answer: ok('written'), pauses: [] },
  { story: 'a refusal ends it', answers: [REFUSED], answer: REFUSED, pauses: [] },
  {
    story: 'pauses become longer, with jitter',
    answers: [NO_ANSWER, NO_ANSWER, NO_ANSWER, ok('written')],
    answer: ok('written'),
    pauses: [20, 40, 80],
  },
  {
    story: 'the number of tries may have a limit',
    answers: [NO_ANSWER, NO_ANSWER, ok('written')],
    maxTries: 2,
    answer: NO_ANSWER,
    pauses: [20],
  },
  {
    story: 'no try starts when the reserve would be touched',
    answers: [NO_ANSWER, NO_ANSWER, ok('written')],
    remainingMs: 2_059,
    answer: NO_ANSWER,
    pauses: [20],
  },
  {
    story: 'the first try starts however little time is left',
    answers: [NO_ANSWER, ok('written')],
    remainingMs: 0,
    answer: NO_ANSWER,
    pauses: [],
  },
];

describe('a write that is tried again', () => {
  test.each(stories)('$story', async ({ answers, remainingMs = 30_000, maxTries, answer, pauses }) => {
    let leftMs = remainingMs;
    const paused: number[] = [];
    const pause = (ms: number): Promise<void> => {
      paused.push(ms);
      leftMs -= ms;
      return Promise.resolve();
    };
    const left = [...answers];

    const result = await retryWithin(
      () => Promise.resolve(left.shift() ?? ok('too often')),
      { deadline: { remainingMs: () => leftMs }, reserveMs: 2_000, ...(maxTries && { maxTries }) },
      { pause, random: () => 0.5 },
    );

    expect(result).toEqual(answer);
    expect(paused).toEqual(pauses);
  });
});
