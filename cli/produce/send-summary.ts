import type { Sent } from '@order-events/kafka-tools';
import { plainTable } from '../terminal/plain-table.ts';

/** The result of a run of `orders produce`. */
export interface SendSummary {
  readonly produced: number;
  readonly durationMs: number;
  readonly partitions: readonly PartitionSummary[];
}

interface PartitionSummary {
  readonly partition: number;
  readonly records: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

export function summarize(sent: readonly Sent[], durationMs: number): SendSummary {
  const byPartition = [...Map.groupBy(sent, ({ partition }) => partition)].toSorted(([a], [b]) => a - b);
  return {
    produced: sent.length,
    durationMs: Math.round(durationMs),
    partitions: byPartition.map(([partition, records]) => {
      const offsets = records.map(({ offset }) => offset);
      return {
        partition,
        records: records.length,
        firstOffset: offsets.reduce((least, offset) => Math.min(least, offset)),
        lastOffset: offsets.reduce((most, offset) => Math.max(most, offset)),
      };
    }),
  };
}

export function summaryText(topic: string, { produced, durationMs, partitions }: SendSummary): string {
  const rows = partitions.map(({ partition, records, firstOffset, lastOffset }) => [
    partition,
    records,
    firstOffset === lastOffset ? `${firstOffset}` : `${firstOffset} to ${lastOffset}`,
  ]);
  return [
    `Sent ${produced} ${produced === 1 ? 'record' : 'records'} to ${topic} in ${durationText(durationMs)}, acknowledged by all replicas.`,
    plainTable({ head: ['partition', 'records', 'offsets'], rows, alignRight: [0, 1] }),
  ].join('\n');
}

function durationText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
