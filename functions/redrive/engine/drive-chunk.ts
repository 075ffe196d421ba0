import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { laneName } from '../../kafka/lane-name.ts';
import type { RehearsedRecord } from '../../kafka/rehearsal.ts';
import { fateBefore, heldBack, NO_ANSWER } from './fate-before.ts';
import type { Pacer } from './pacer.ts';
import type { DrivenRecord, DrivePorts, Fate } from './ports.ts';

type Fates = Map<KafkaRecord, Fate>;

type ChunkPorts = DrivePorts & Pick<Pacer, 'admit'>;

/**
 * Drives records that may be under way together. A rehearsal before tells what to leave out and what could not succeed; one
 * after tells what has its effect now. A consumer's own answer would not do: it counts a record as done that it parked again.
 */
export async function driveChunk(
  chunk: readonly KafkaRecord[],
  ports: ChunkPorts,
): Promise<readonly DrivenRecord[]> {
  const fates: Fates = new Map();
  const open = judgeBefore(chunk, await ports.rehearse(chunk), fates);
  const poison = chunk.filter((record) => isTry(fates.get(record)));
  if (open.length + poison.length > 0) await ports.begin([...poison, ...open]);
  if (open.length > 0) {
    await ports.admit(open.length);
    await deliver(open, ports, fates);
  }
  return chunk.map((record) => ({ record, fate: fates.get(record) ?? NO_ANSWER }));
}

/** The store is away, or another invocation is at work on it: a try says nothing about the record, and is none. */
const UNAVAILABLE = new Set(['store-unavailable', 'out-of-time', 'claim-held']);

/** Returns whether a failure is about the record itself, so that it counts as a try. */
export function isTry(fate: Fate | undefined): boolean {
  return fate?.kind === 'failed' && !UNAVAILABLE.has(fate.reason);
}

/** Notes the fates that need no delivery. @returns the records that do, none of them behind one that cannot succeed. */
function judgeBefore(
  chunk: readonly KafkaRecord[],
  rehearsed: readonly RehearsedRecord[],
  fates: Fates,
): readonly KafkaRecord[] {
  const blocked = new Map<string, KafkaRecord>();
  return chunk.filter((record, index) => {
    const behind = blocked.get(laneName(record));
    const fate = behind === undefined ? fateBefore(rehearsed[index]) : heldBack(behind);
    if (fate === undefined) return true;
    fates.set(record, fate);
    if (fate.kind === 'failed') blocked.set(laneName(record), record);
    return false;
  });
}

/** An invocation that ends without an answer is tried again in halves, so that one record does not fail the others. */
async function deliver(records: readonly KafkaRecord[], ports: DrivePorts, fates: Fates): Promise<void> {
  const delivery = await ports.deliver(records);
  if (delivery.kind === 'ended' && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    await deliver(records.slice(0, middle), ports, fates);
    await deliver(records.slice(middle), ports, fates);
    return;
  }
  const after = await ports.rehearse(records);
  for (const [index, record] of records.entries()) {
    const reported = delivery.kind === 'ended' ? delivery.error : reportOf(delivery.failed, record);
    fates.set(record, fateAfter(after[index], reported));
  }
}

function reportOf(failed: ReadonlySet<KafkaRecord>, record: KafkaRecord): string | undefined {
  return failed.has(record) ? 'The consumer reported it as failed; its log says why.' : undefined;
}

/**
 * Decides a record's outcome by its stored effect, and not by the consumer's answer. `reported` is the failure in
 * that answer.
 */
function fateAfter(rehearsed: RehearsedRecord | undefined, reported: string | undefined): Fate {
  const before = fateBefore(rehearsed);
  if (before?.kind === 'leftOut') return { kind: 'applied' };
  if (before?.kind === 'failed') return before;
  return reported === undefined
    ? { kind: 'failed', reason: 'not-applied', message: 'The consumer took it, and its effect is not there.' }
    : { kind: 'failed', reason: 'consumer-failed', message: reported };
}
