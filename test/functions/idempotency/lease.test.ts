import { describe, expect, test } from '@jest/globals';
import { leaseState, leaseUntil } from '../../../functions/idempotency/lease.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');

describe('a lease', () => {
  test.each([
    { story: 'outlasts the invocation by 5 s', remainingMs: 30_000, lastsMs: 35_000 },
    { story: 'lasts 5 s when the invocation is over its time', remainingMs: -20, lastsMs: 5_000 },
  ])('$story', ({ remainingMs, lastsMs }) => {
    const until = leaseUntil(NOW, remainingMs);

    expect(until - NOW).toBe(lastsMs);
  });

  test.each([
    { story: 'is live before its end', untilMs: NOW + 1, state: { kind: 'live', remainingMs: 1 } },
    { story: 'is over at its end', untilMs: NOW, state: { kind: 'over' } },
    { story: 'is over after its end', untilMs: NOW - 1, state: { kind: 'over' } },
  ])('$story', ({ untilMs, state }) => {
    const seen = leaseState(untilMs, NOW);

    expect(seen).toEqual(state);
  });
});
