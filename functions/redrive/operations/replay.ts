import * as z from 'zod/mini';
import { drive, NOTHING_DRIVEN } from '../engine/drive.ts';
import { MOST_EVENT_BYTES } from '../engine/most-event-bytes.ts';
import type { DriveCounts, DrivenRecord, DriveReport } from '../engine/ports.ts';
import type { ConsumerPort, OperationPorts } from '../ports.ts';
import { withLease, type IsInterrupted, type Run } from '../redrive/lease.ts';
import { RunTally } from '../redrive/run-tally.ts';
import { writeDown } from '../redrive/write-down.ts';
import { rehearseWalk } from '../replay/rehearse-walk.ts';
import { ReplayWalk } from '../replay/replay-walk.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';
import { replayRange } from './plan-replay.ts';
import { atWork, endOfRun, runAnswer, runCounts } from './run-answer.ts';

/** A call comes back after so long with what is left, so that a person sees progress, and a crash loses little. */
const PART_MS = 20_000;

const holdingRecord = z.object({ partition: z.int(), offset: z.int(), key: z.optional(z.string()) });

/** The state that an earlier call of the same run returned. */
const progress = z.strictObject({
  runId: z.string(),
  counts: runCounts,
  steps: z.int(),
  ranges: z.array(replayRange),
  holding: z.array(holdingRecord),
});

const request = z.strictObject({
  operation: z.literal('replay'),
  consumer: z.string(),
  /** Who asks, for the journal. */
  by: z.string(),
  /** The wish in words, for the journal. */
  words: z.string(),
  /** As the plan says; without overlaps, by partition and offset. */
  ranges: z.array(replayRange),
  orderId: z.optional(z.string()),
  /** Without effects: says what would become of the records. */
  dryRun: z.boolean(),
  /** Records a second at most. */
  perSecond: z.optional(z.number().check(z.positive())),
  stopAbovePercent: z.optional(z.number().check(z.minimum(0), z.maximum(100))),
  goOn: z.optional(progress),
});

const answer = z.object({
  ...runAnswer,
  goOn: progress,
  /** Records that were read in this call, selected or not. */
  read: z.int(),
});

export type ReplayRequest = z.infer<typeof request>;
export type ReplayAnswer = z.infer<typeof answer>;

/** Runs past events through one consumer once more. No offset of its group and no other group is touched. */
export const replayRecords: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, asked) => {
    const consumer = consumerOf(ports, asked.consumer);
    const { goOn } = asked;
    const before = goOn?.counts ?? NOTHING_DRIVEN;
    const runId = goOn?.runId ?? ports.newId();
    const walk = new ReplayWalk(ports.topic, {
      ranges: goOn?.ranges ?? asked.ranges,
      holding: goOn?.holding ?? [],
      orderId: asked.orderId,
      notBeforeMs: consumer.remembersMs === undefined ? undefined : ports.nowMs() - consumer.remembersMs,
    });
    const tally = new RunTally(before, goOn?.steps ?? 0);
    const run = { consumer: consumer.name, runId, by: asked.by };
    const replay = { ports, consumer, run, asked, walk, tally, before };
    const result = asked.dryRun
      ? { kind: 'done' as const, value: await rehearse(replay) }
      : await withLease(ports, run, (isInterrupted) => replayPart(replay, isInterrupted));
    const { reasons, told } = tally.report();
    const so = { reasons, told, read: walk.read };
    const after = result.kind === 'busy' ? before : result.value.counts;
    const handedBack = { runId, counts: after, steps: tally.steps, ...copied(walk.rest) };
    if (result.kind === 'busy') {
      const why = atWork('redrive or replay', consumer.name, result.holder);
      return { end: 'busy', why, goOn: handedBack, counts: after, ...so };
    }
    return { ...endOfRun(result.value), goOn: handedBack, counts: after, ...so };
  },
};

interface Replay {
  readonly ports: OperationPorts;
  readonly consumer: ConsumerPort;
  readonly run: Run;
  readonly asked: ReplayRequest;
  readonly walk: ReplayWalk;
  readonly tally: RunTally;
  readonly before: DriveCounts;
}

function rehearse({ ports, consumer, walk, tally, before }: Replay): Promise<DriveReport> {
  const limit = timeLimit(ports);
  return rehearseWalk({ consumer, walk, tally, before, isOver: limit });
}

function replayPart(replay: Replay, isInterrupted: IsInterrupted): Promise<DriveReport> {
  const { ports, consumer, asked, walk, before } = replay;
  const limit = timeLimit(ports);
  return drive({
    source: walk.items(),
    before,
    limits: {
      records: consumer.batchSize,
      bytes: MOST_EVENT_BYTES,
      perSecond: asked.perSecond,
      stopAbovePercent: asked.stopAbovePercent,
    },
    ports: {
      rehearse: consumer.rehearse,
      deliver: consumer.deliver,
      // Tries are counted for dead letters only.
      begin: () => Promise.resolve(),
      settle: (driven) => settle(replay, driven),
      interruption: async () => limit() ?? (await isInterrupted()),
      nowMs: ports.monotonicMs,
      pause: ports.pause,
    },
  });
}

/** @returns why a call has to end, once its time is over. */
function timeLimit({ deadline, monotonicMs }: OperationPorts): () => string | undefined {
  const startedAt = monotonicMs();
  return () =>
    deadline.remainingMs() <= 0 || monotonicMs() - startedAt >= PART_MS
      ? 'The time of this call is over.'
      : undefined;
}

async function settle(
  { ports, run, asked, walk, tally }: Replay,
  driven: readonly DrivenRecord[],
): Promise<void> {
  await writeDown({ ports, run, tally, operation: 'replay', what: asked.words }, driven);
  walk.note(driven);
  ports.tell?.(tally.progress());
}

function copied({ ranges, holding }: ReplayWalk['rest']) {
  return { ranges: [...ranges], holding: [...holding] };
}
