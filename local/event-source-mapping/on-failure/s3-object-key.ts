import { topicPartitionKey, type TopicPartition } from '../record/topic-partition.ts';

/** The parts of an object key. */
export interface S3KeyFields {
  readonly mappingId: string;
  /** Of the first record. */
  readonly topicPartition: TopicPartition;
  /** Epoch milliseconds; written in UTC. */
  readonly now: number;
  /** Makes the key unique. */
  readonly uuid: string;
}

/**
 * Builds the key of an S3 on-failure object. A template may contain `{mappingId}`, `{topicPartition}`, `{yyyy}`,
 * `{mm}`, `{dd}`, `{timestamp}` (YYYY-MM-DDTHH.MM.SS) and `{uuid}`; other text stays as it is.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function s3ObjectKey(template: string, { mappingId, topicPartition, now, uuid }: S3KeyFields): string {
  const time = new Date(now).toISOString();
  const fields = new Map([
    ['mappingId', mappingId],
    ['topicPartition', topicPartitionKey(topicPartition)],
    ['yyyy', time.slice(0, 4)],
    ['mm', time.slice(5, 7)],
    ['dd', time.slice(8, 10)],
    ['timestamp', time.slice(0, 19).replaceAll(':', '.')],
    ['uuid', uuid],
  ]);
  return template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => fields.get(name) ?? placeholder);
}
