import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

const period = Duration.minutes(1);

/**
 * The metrics of the brokers. Gauges are read at their maximum: an average hides one broker.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details-express.html
 */
export class ClusterMetrics {
  /** MSK counts brokers from 1. */
  readonly brokerIds: readonly number[];
  readonly #clusterName: string;

  constructor(clusterName: string, brokers: number) {
    this.#clusterName = clusterName;
    this.brokerIds = Array.from({ length: brokers }, (_unused, index) => index + 1);
  }

  offlinePartitions(): Metric {
    return this.#ofCluster('OfflinePartitionsCount');
  }

  activeControllers(): Metric {
    return this.#ofCluster('ActiveControllerCount');
  }

  /** Bytes that an Express cluster stores; there is no disk to fill, and each byte is charged. */
  storageUsedBytes(): Metric {
    return this.#ofCluster('StorageUsed');
  }

  diskUsedPercent(brokerId: number): Metric {
    return this.#ofBroker('KafkaDataLogsDiskUsed', brokerId);
  }

  cpuUsedPercent(brokerId: number): IMetric {
    // One graph shows all brokers, so the ids differ.
    const [user, system] = [`user${brokerId}`, `system${brokerId}`];
    return new MathExpression({
      label: `CPU used by broker ${brokerId} (%)`,
      expression: `${user} + ${system}`,
      usingMetrics: {
        [user]: this.#ofBroker('CpuUser', brokerId),
        [system]: this.#ofBroker('CpuSystem', brokerId),
      },
      period,
    });
  }

  heapUsedPercent(brokerId: number): Metric {
    return this.#ofBroker('HeapMemoryAfterGC', brokerId);
  }

  underReplicatedPartitions(brokerId: number): Metric {
    return this.#ofBroker('UnderReplicatedPartitions', brokerId);
  }

  partitionsBelowMinimumInSync(brokerId: number): Metric {
    return this.#ofBroker('UnderMinIsrPartitionCount', brokerId);
  }

  /** Connections that were refused because there were too many new ones with IAM in a second. */
  refusedConnections(brokerId: number): Metric {
    return this.#ofBroker('IAMTooManyConnections', brokerId);
  }

  produceThrottleMilliseconds(brokerId: number): Metric {
    return this.#ofBroker('ProduceThrottleTime', brokerId);
  }

  fetchThrottleMilliseconds(brokerId: number): Metric {
    return this.#ofBroker('FetchThrottleTime', brokerId);
  }

  #ofCluster(metricName: string): Metric {
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName,
      dimensionsMap: { 'Cluster Name': this.#clusterName },
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  #ofBroker(metricName: string, id: number): Metric {
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName,
      dimensionsMap: { 'Cluster Name': this.#clusterName, 'Broker ID': `${id}` },
      statistic: Stats.MAXIMUM,
      period,
    });
  }
}
