import type { RecordToSend } from '@order-events/kafka-tools';

export interface ChunkLimits {
  readonly mostRecords: number;
  /** Keys and values in UTF-8. A record that is larger by itself makes a chunk of its own. */
  readonly mostBytes: number;
}

/** Groups records, in their order, into requests. Lazy: it takes no record before the chunk needs it. */
export function* chunkRecords<R extends RecordToSend>(
  records: Iterable<R>,
  limits: ChunkLimits,
): Generator<R[]> {
  let chunk: R[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = byteLength(record);
    if (chunk.length > 0 && (chunk.length === limits.mostRecords || bytes + size > limits.mostBytes)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(record);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

/** The size of a record's key and value, in bytes. */
export function byteLength({ key, value }: RecordToSend): number {
  return Buffer.byteLength(key ?? '') + Buffer.byteLength(value);
}
