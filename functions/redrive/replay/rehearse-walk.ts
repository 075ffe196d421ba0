import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { laneName } from '../../kafka/lane-name.ts';
import type { RehearsedRecord } from '../../kafka/rehearsal.ts';
import { fateBefore, heldBack, NO_ANSWER } from '../engine/fate-before.ts';
import type { DriveCounts, DrivenRecord, DriveReport, Fate } from '../engine/ports.ts';
import type { ConsumerPort } from '../ports.ts';
import type { RunTally } from '../redrive/run-tally.ts';
import type { ReplayWalk } from './replay-walk.ts';

export interface Rehearsing {
  readonly consumer: Pick<ConsumerPort, 'rehearse' | 'batchSize'>;
  readonly walk: ReplayWalk;
  readonly tally: Pick<RunTally, 'note'>;
  /** The counts of earlier calls of the same run. */
  readonly before: DriveCounts;
  /** Why the call has to end; undefined: go on. */
  readonly isOver: () => string | undefined;
}

/** Rehearses the records of a walk, without effects. Here, `applied` means: would be applied. */
export async function rehearseWalk({
  consumer,
  walk,
  tally,
  before,
  isOver,
}: Rehearsing): Promise<DriveReport> {
  const counts = { ...before };
  const failedOf = new Map<string, KafkaRecord>();
  const settle = async (chunk: readonly KafkaRecord[]): Promise<void> => {
    if (chunk.length === 0) return;
    const rehearsed = await consumer.rehearse(chunk);
    const driven = chunk.map((record, index): DrivenRecord => {
      const fate = fateOf(record, rehearsed[index], failedOf);
      counts[fate.kind] += 1;
      return { record, fate };
    });
    tally.note(driven);
    walk.note(driven);
  };
  let chunk: KafkaRecord[] = [];
  for await (const { wire } of walk.items()) {
    if (wire !== undefined) chunk.push(wire);
    if (chunk.length < consumer.batchSize) continue;
    await settle(chunk);
    chunk = [];
    const why = isOver();
    if (why !== undefined) return { counts, end: 'interrupted', why };
  }
  await settle(chunk);
  return { counts, end: 'exhausted' };
}

/** A record that would fail holds back the later ones of its key. */
function fateOf(
  record: KafkaRecord,
  rehearsed: RehearsedRecord | undefined,
  failedOf: Map<string, KafkaRecord>,
): Fate {
  const lane = laneName(record);
  const behind = failedOf.get(lane);
  if (behind !== undefined) return heldBack(behind);
  const fate = ownFate(rehearsed);
  if (fate.kind === 'failed') failedOf.set(lane, record);
  return fate;
}

function ownFate(rehearsed: RehearsedRecord | undefined): Fate {
  return rehearsed?.outcome === 'processed' ? { kind: 'applied' } : (fateBefore(rehearsed) ?? NO_ANSWER);
}
