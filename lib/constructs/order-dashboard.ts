import { Dashboard, GraphWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ConsumerName } from '../topology/topology-types.ts';
import type { WatchedCluster } from './cluster-alarms.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';

export interface OrderDashboardProps {
  readonly dashboardName: string;
  readonly consumers: readonly { readonly name: ConsumerName; readonly metrics: ConsumerMetrics }[];
  readonly cluster: WatchedCluster | undefined;
}

/** One row for each consumer, read from left to right: is it behind, does it move, does it fail, what did it give up. */
export class OrderDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: OrderDashboardProps) {
    super(scope, id, {
      dashboardName: props.dashboardName,
      widgets: [
        ...props.consumers.flatMap(({ name, metrics }) => [[heading(name)], consumerRow(metrics)]),
        ...(props.cluster === undefined ? [] : [[heading('cluster')], clusterRow(props.cluster)]),
      ],
    });
  }
}

function consumerRow(metrics: ConsumerMetrics): IWidget[] {
  return [
    graph('Behind', [metrics.recordLag()], [metrics.timeLagSeconds()]),
    graph('Records', [metrics.recordsPolled(), metrics.recordsCommitted()], []),
    graph('Function', [metrics.errors(), metrics.throttles()], [metrics.durationMilliseconds()]),
    graph('Given up', [metrics.deadLetters(), metrics.recordsDropped(), metrics.failedDeliveries()], []),
  ];
}

function clusterRow({ metrics, brokers }: WatchedCluster): IWidget[] {
  const ofBrokers = (metric: (id: number) => IMetric): IMetric[] => metrics.brokerIds.map(metric);
  return [
    graph(
      'CPU of the brokers',
      ofBrokers((id) => metrics.cpuUsedPercent(id)),
      [],
    ),
    graph('Controllers', [metrics.activeControllers()], []),
    ...(brokers === 'standard'
      ? [
          graph(
            'Disk of the brokers',
            ofBrokers((id) => metrics.diskUsedPercent(id)),
            [],
          ),
          graph('Offline partitions', [metrics.offlinePartitions()], []),
        ]
      : []),
  ];
}

function heading(text: string): IWidget {
  return new TextWidget({ markdown: `## ${text}`, width: 24, height: 1 });
}

function graph(title: string, left: readonly IMetric[], right: readonly IMetric[]): IWidget {
  return new GraphWidget({ title, left: [...left], right: [...right], width: 6, height: 6 });
}
