import { expect, test } from '@jest/globals';
import { holdBackFailure } from '../../../functions/kafka/hold-back-failure.ts';
import type { RecordOutcome } from '../../../functions/kernel/record-outcome.ts';
import { aKafkaRecord } from './kafka-events.ts';

const FAILED: RecordOutcome = { kind: 'failed', failure: { code: 'store-unavailable', message: 'away' } };
const HELD_BACK: RecordOutcome = { kind: 'heldBack', behind: { topic: 't', partition: 0, offset: 1 } };
const PROCESSED: RecordOutcome = { kind: 'processed' };

test.each([
  {
    story: 'what is missing of two seconds, where nothing was done',
    outcomes: [FAILED, HELD_BACK],
    took: 300,
    pauses: [1_700],
  },
  { story: 'nothing, where something was done', outcomes: [FAILED, PROCESSED], took: 300, pauses: [] },
  { story: 'nothing, where it took two seconds anyway', outcomes: [FAILED], took: 2_500, pauses: [] },
  { story: 'nothing for an empty batch', outcomes: [], took: 10, pauses: [] },
  { story: 'no longer than the invocation has', outcomes: [FAILED], took: 100, left: 3_100, pauses: [600] },
  {
    story: 'nothing where the invocation is about to end',
    outcomes: [FAILED],
    took: 100,
    left: 2_400,
    pauses: [],
  },
])('an answer is held back for $story', async ({ outcomes, took, left = 30_000, pauses }) => {
  const paused: number[] = [];
  const settled = outcomes.map((outcome, position) => ({
    received: { record: aKafkaRecord(), listedUnder: 'order-events-0', position },
    outcome,
  }));

  await holdBackFailure(settled, {
    deadline: { remainingMs: () => left },
    startedWithMs: left + took,
    pause: (ms) => {
      paused.push(ms);
      return Promise.resolve();
    },
  });

  expect(paused).toEqual(pauses);
});
