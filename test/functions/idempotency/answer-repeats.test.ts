import { expect, test } from '@jest/globals';
import { answerRepeats } from '../../../functions/idempotency/answer-repeats.ts';
import type { ReceivedEvent } from '../../../functions/kernel/order-event.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { UNAVAILABLE } from '../faults.ts';
import { aCancelled, AMPLE_TIME, aPlaced } from '../received-events.ts';

const placed = aPlaced();
const processed: ConsumerOutcome = { kind: 'processed' };
const duplicate: ConsumerOutcome = { kind: 'duplicate' };
const skipped: ConsumerOutcome = { kind: 'skipped', reason: 'cancelled-first' };
const failed: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'store-unavailable', message: 'planted' },
};
const poison: ConsumerOutcome = {
  kind: 'poison',
  failure: { code: 'order-id-reused', message: UNAVAILABLE.message },
};

/** Hands events over one after the other; the store answers with these outcomes in turn. */
async function settleInTurn(events: readonly ReceivedEvent[], answers: readonly ConsumerOutcome[]) {
  const left = answers.values();
  let asked = 0;
  const settle = answerRepeats((fresh) => {
    asked += fresh.length;
    return Promise.resolve(fresh.flatMap(() => left.next().value ?? []));
  });
  const outcomes: ConsumerOutcome[] = [];
  for (const event of events) outcomes.push(...(await settle([event], AMPLE_TIME)));
  return { outcomes, asked };
}

test.each([
  { story: 'one that was processed is a duplicate', first: processed, again: duplicate },
  { story: 'a duplicate is a duplicate', first: duplicate, again: duplicate },
  { story: 'one that was skipped is skipped', first: skipped, again: skipped },
])('an event that says the same needs no store: $story', async ({ first, again }) => {
  const seen = await settleInTurn([placed, aPlaced({ eventId: 'event-2' })], [first]);

  expect(seen).toEqual({ outcomes: [first, again], asked: 1 });
});

test.each([
  { story: 'the first one failed', events: [placed, placed], answers: [failed, processed] },
  { story: 'the first one was refused', events: [placed, placed], answers: [poison, poison] },
  {
    story: 'it says something else',
    events: [placed, aPlaced({ totalMinor: 999 })],
    answers: [processed, poison],
  },
  {
    story: 'it is of another order',
    events: [placed, aPlaced({ orderId: 'order-2' })],
    answers: [processed, processed],
  },
  { story: 'it is of another type', events: [placed, aCancelled()], answers: [processed, processed] },
])('the store is asked where $story', async ({ events, answers }) => {
  const seen = await settleInTurn(events, answers);

  expect(seen).toEqual({ outcomes: answers, asked: 2 });
});

test('answers come in the order of the events, those of the store among the others', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((orderId) => aPlaced({ orderId, eventId: orderId }));
  const settle = answerRepeats((fresh) =>
    Promise.resolve(fresh.map(({ event }) => (event.orderId === 'c' ? failed : processed))),
  );
  await settle(
    [b].flatMap((event) => event ?? []),
    AMPLE_TIME,
  );

  const outcomes = await settle(
    [a, b, c].flatMap((event) => event ?? []),
    AMPLE_TIME,
  );

  expect(outcomes).toEqual([processed, duplicate, failed]);
});
