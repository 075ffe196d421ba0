export { kafkaClient, type KafkaClientOptions } from './kafka-client.ts';
export { mskIam, mskToken } from './msk-iam.ts';
export { withAdmin } from './with-admin.ts';
export {
  addPartitions,
  createTopics,
  describeTopic,
  ensureTopic,
  missingTopics,
  partitionCount,
  topicEnds,
  type Topic,
  type TopicDescription,
} from './topics.ts';
export { withRecordSender, type RecordSender, type RecordToSend, type Sent } from './record-sender.ts';
export { keyPartitioner } from './partition-of-key.ts';
export {
  letterTimeLeft,
  recordTimeLeft,
  soonest,
  topicRetention,
  type PartitionLog,
  type TimeLeft,
  type TopicRetention,
} from './time-left.ts';
export {
  groupTimesLeft,
  type GroupTimeLeft,
  type TimedGroup,
  type TimeLeftSource,
} from './group-time-left.ts';
export { openTimeLeftReader, type TimeLeftReader, type TimesLeft } from './time-left-reader.ts';
export { groupTimeLeftMetric } from './time-left-metric.ts';
export { connectProducer } from './connect-producer.ts';
export { lagOf, totalLag, type LagUnknownReason, type OffsetLag, type TotalLag } from './offset-lag.ts';
export { moveGroup, type GroupMove } from './move-group.ts';
export type { PartitionOffsets } from './partition-offsets.ts';
export { createGroupReader, type GroupReader } from './group-reader.ts';
export { readGroups } from './read-groups.ts';
export {
  partitionName,
  type GroupReport,
  type MemberReport,
  type PartitionReport,
  type TopicPartitions,
} from './group-report.ts';
export { rangesText } from './ranges-text.ts';
export type { Admin, Kafka, Producer } from 'kafkajs';
export {
  openTopicReader,
  readPartitionRanges,
  type BrokerAddresses,
  type TopicReader,
  type TopicRecord,
} from './topic-reader.ts';
export { keptBatches, offsetBehind, recordTime, type FetchedPartition } from './record-batches.ts';
