import * as z from 'zod/mini';
import { NOTHING_DRIVEN } from '../engine/drive.ts';
import { MOST_EVENT_BYTES } from '../engine/most-event-bytes.ts';
import { withLease } from '../redrive/lease.ts';
import { redrivePass, type RedriveWish } from '../redrive/redrive-pass.ts';
import { RunTally } from '../redrive/run-tally.ts';
import { selection } from '../redrive/selection.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';
import { atWork, endOfRun, runAnswer, runCounts } from './run-answer.ts';

/** The state that an earlier call of the same run returned. */
const progress = z.strictObject({ runId: z.string(), counts: runCounts, steps: z.int() });

const request = z.strictObject({
  operation: z.literal('redrive'),
  consumer: z.string(),
  /** Who asks, for the journal. */
  by: z.string(),
  /** The wish in words, for the journal. */
  words: z.string(),
  selection,
  /** Records a second at most. */
  perSecond: z.optional(z.number().check(z.positive())),
  stopAbovePercent: z.optional(z.number().check(z.minimum(0), z.maximum(100))),
  force: z.boolean(),
  pastHeld: z.boolean(),
  /** Goes on with a run whose last call was not the end of it. */
  goOn: z.optional(progress),
});

const answer = z.object({
  ...runAnswer,
  goOn: progress,
  /** Records that were redriven as often as may be and were left alone. */
  held: z.int(),
  superseded: z.int(),
  /** The row ids of records that messages name and the topic no longer has. */
  expired: z.array(z.string()),
  /** About how many messages others hold, so that they could not be seen. */
  withOthers: z.int(),
});

export type RedriveRequest = z.infer<typeof request>;
export type RedriveAnswer = z.infer<typeof answer>;

/** Brings the records of a dead-letter queue back to their consumer. */
export const redriveLetters: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, asked) => {
    const consumer = consumerOf(ports, asked.consumer);
    const {
      runId,
      counts: before,
      steps,
    } = asked.goOn ?? { runId: ports.newId(), counts: NOTHING_DRIVEN, steps: 0 };
    const run = { consumer: consumer.name, runId, by: asked.by };
    const tally = new RunTally(before, steps);
    const wish: RedriveWish = {
      selection: asked.selection,
      force: asked.force,
      pastHeld: asked.pastHeld,
      words: asked.words,
      limits: {
        records: consumer.batchSize,
        bytes: MOST_EVENT_BYTES,
        perSecond: asked.perSecond,
        stopAbovePercent: asked.stopAbovePercent,
      },
    };
    const result = await withLease(ports, run, async (isInterrupted) => {
      let so = before;
      for (;;) {
        const pass = await redrivePass({ ports, consumer, run, wish, tally, isInterrupted }, so);
        const moved = pass.counts.applied + pass.counts.leftOut > so.applied + so.leftOut;
        so = pass.counts;
        if (pass.end !== 'exhausted') return pass;
        if (!pass.isPartial || !moved) return pass;
      }
    });
    if (result.kind === 'busy')
      return {
        end: 'busy',
        why: atWork('redrive', consumer.name, result.holder),
        goOn: { runId, counts: before, steps: tally.steps },
        counts: before,
        ...tally.report(),
      };
    const { counts: after } = result.value;
    return {
      ...endOfRun(result.value),
      goOn: { runId, counts: after, steps: tally.steps },
      counts: after,
      ...tally.report(),
    };
  },
};
