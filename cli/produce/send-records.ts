import type { RecordSender, RecordToSend, Sent } from '@order-events/kafka-tools';
import { chunkRecords, type ChunkLimits } from './chunk-records.ts';

/** Below the topic's limit of a batch (700,000 bytes), with room for headers and framing. */
const LIMITS: ChunkLimits = { mostRecords: 500, mostBytes: 400_000 };
/** With a rate, records go out this often. */
const CHUNKS_PER_SECOND = 10;

export interface Pace {
  /** Records a second; none sends as fast as the broker takes them. */
  readonly ratePerSecond?: number | undefined;
  readonly clock: Clock;
}

export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Sends all records in their order; each chunk is acknowledged before the next one goes. */
export async function sendRecords<R extends RecordToSend>(
  records: Iterable<R>,
  sender: RecordSender,
  { ratePerSecond, clock }: Pace,
  onSent: (count: number) => void,
): Promise<readonly Sent<R>[]> {
  const startedAt = clock.now();
  const sent: Sent<R>[] = [];
  for (const chunk of chunkRecords(records, limitsAt(ratePerSecond))) {
    if (ratePerSecond !== undefined) {
      await sleepUntil(startedAt + (sent.length / ratePerSecond) * 1_000, clock);
    }
    sent.push(...(await sender.send(chunk)));
    onSent(sent.length);
  }
  return sent;
}

function limitsAt(ratePerSecond: number | undefined): ChunkLimits {
  if (ratePerSecond === undefined) return LIMITS;
  const mostRecords = Math.min(LIMITS.mostRecords, Math.max(1, Math.ceil(ratePerSecond / CHUNKS_PER_SECOND)));
  return { ...LIMITS, mostRecords };
}

async function sleepUntil(time: number, clock: Clock): Promise<void> {
  const ms = time - clock.now();
  if (ms > 0) await clock.sleep(ms);
}
