import { withAdmin, type Kafka } from '@order-events/kafka-tools';
import type { Metric } from './metric.ts';

/**
 * The metrics that the brokers answer for a cluster as a whole: whether it has a controller, and how many partitions have no leader. Of CPU, disk
 * and memory they say nothing.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export async function clusterMetrics(
  kafka: Kafka,
  clusterNames: Iterable<string>,
): Promise<readonly Metric[]> {
  const { controllers, offline } = await withAdmin(kafka, async (admin) => {
    const { controller } = await admin.describeCluster();
    const { topics } = await admin.fetchTopicMetadata();
    return {
      controllers: controller === null || controller < 0 ? 0 : 1,
      offline: topics.flatMap(({ partitions }) => partitions).filter(({ leader }) => leader < 0).length,
    };
  });
  return [...clusterNames].flatMap((name): Metric[] => {
    const metric = { namespace: 'AWS/Kafka', dimensions: { 'Cluster Name': name }, unit: 'Count' } as const;
    return [
      { ...metric, name: 'ActiveControllerCount', value: controllers },
      { ...metric, name: 'OfflinePartitionsCount', value: offline },
    ];
  });
}
