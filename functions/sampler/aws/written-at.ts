import type { TopicReader } from '@order-events/kafka-tools';

/** Reads when the record at an offset was written; undefined when retention has deleted it and all behind it. */
export function writtenAt(
  reader: Pick<TopicReader, 'read'>,
): (partition: number, offset: number) => Promise<number | undefined> {
  return async (partition, offset) => {
    for await (const { timestamp } of reader.read(partition, offset, offset + 1)) return timestamp;
    return undefined;
  };
}
