import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

const period = Duration.minutes(1);

/**
 * The metrics that tell how the brokers are doing. Gauges are read at their maximum: an average hides one broker.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class ClusterMetrics {
  readonly #clusterName: string;
  readonly #brokerIds: readonly number[];

  constructor(clusterName: string, brokers: number) {
    this.#clusterName = clusterName;
    this.#brokerIds = Array.from({ length: brokers }, (_unused, index) => index + 1);
  }

  offlinePartitions(): Metric {
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName: 'OfflinePartitionsCount',
      dimensionsMap: { 'Cluster Name': this.#clusterName },
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  activeControllers(): Metric {
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName: 'ActiveControllerCount',
      dimensionsMap: { 'Cluster Name': this.#clusterName },
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  /** Of the fullest broker. */
  diskUsedPercent(): IMetric {
    return this.#highest('Disk used by records (%)', (id) => ({
      expression: `disk${id}`,
      metrics: { [`disk${id}`]: this.#ofBroker('KafkaDataLogsDiskUsed', id) },
    }));
  }

  /** Of the busiest broker. */
  cpuUsedPercent(): IMetric {
    return this.#highest('CPU used (%)', (id) => ({
      expression: `user${id} + system${id}`,
      metrics: {
        [`user${id}`]: this.#ofBroker('CpuUser', id),
        [`system${id}`]: this.#ofBroker('CpuSystem', id),
      },
    }));
  }

  #highest(
    label: string,
    ofBroker: (id: number) => { expression: string; metrics: Record<string, IMetric> },
  ): IMetric {
    const terms = this.#brokerIds.map(ofBroker);
    return new MathExpression({
      label,
      expression: `MAX([${terms.map(({ expression }) => expression).join(', ')}])`,
      usingMetrics: Object.fromEntries(terms.flatMap(({ metrics }) => Object.entries(metrics))),
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
