import { Dashboard, GraphWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { WatchedCluster } from './cluster-alarms.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';

export interface ServiceDashboardProps {
  readonly dashboardName: string;
  readonly consumers: readonly ConsumerMetrics[];
  readonly cluster: WatchedCluster | undefined;
}

/** The service at a glance: one row for each consumer, read from left to right, and the cluster below. */
export class ServiceDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id, {
      dashboardName: props.dashboardName,
      widgets: [
        ...props.consumers.flatMap((metrics) => [[heading(metrics.consumer)], serviceRow(metrics)]),
        ...(props.cluster === undefined ? [] : [[heading('cluster')], clusterRow(props.cluster)]),
      ],
    });
  }
}

/** One consumer in detail: progress, loss, its function and its group. */
export class ConsumerDashboard extends Dashboard {
  constructor(
    scope: Construct,
    id: string,
    { dashboardName, metrics }: { readonly dashboardName: string; readonly metrics: ConsumerMetrics },
  ) {
    super(scope, id, {
      dashboardName,
      widgets: [
        [heading(`${metrics.consumer}: is it behind?`)],
        [
          graph('Seconds behind', [metrics.drainSeconds(), metrics.recordAgeSeconds()], []),
          graph('Records behind', [metrics.recordLag()], []),
          graph('Without progress', [metrics.withoutProgress()], []),
          graph('Retention used (%)', [metrics.retentionUsedPercent()], []),
        ],
        [heading('Does it move?')],
        [
          graph('Polled and committed', [metrics.recordsPolled(), metrics.recordsCommitted()], []),
          graph('Reports', [metrics.pollReports(), metrics.lagReports()], []),
          graph(
            'Effects',
            [metrics.effectsInTime(), metrics.effectsLate()],
            [metrics.effectAgeMilliseconds()],
          ),
          graph('Polling errors', [metrics.pollingErrors()], []),
        ],
        [heading('Does it fail?')],
        [
          graph('Function', [metrics.errors(), metrics.throttles()], [metrics.longestMilliseconds()]),
          graph(
            'Given up',
            [metrics.deadLetters(), metrics.recordsDropped(), metrics.failedDeliveries()],
            [],
          ),
          graph('Parked', [metrics.recordsParked()], [metrics.oldestDeadLetterSeconds()]),
          graph(
            'Strangers and offsets',
            [metrics.intruders(), metrics.offsetsMovedBack(), metrics.offsetsNeverHandled()],
            [],
          ),
        ],
      ],
    });
  }
}

function serviceRow(metrics: ConsumerMetrics): IWidget[] {
  return [
    graph('Behind', [metrics.recordLag()], [metrics.secondsBehind()]),
    graph('Effects', [metrics.effectsInTime(), metrics.effectsLate()], []),
    graph('Function', [metrics.errors(), metrics.throttles()], [metrics.longestMilliseconds()]),
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
    ...(brokers.type === 'standard'
      ? [
          graph(
            'Disk of the brokers',
            ofBrokers((id) => metrics.diskUsedPercent(id)),
            [],
          ),
          graph(
            'Replication',
            ofBrokers((id) => metrics.underReplicatedPartitions(id)),
            [metrics.offlinePartitions()],
          ),
        ]
      : [graph('Storage', [metrics.storageUsedBytes()], [])]),
  ];
}

function heading(text: string): IWidget {
  return new TextWidget({ markdown: `## ${text}`, width: 24, height: 1 });
}

function graph(title: string, left: readonly IMetric[], right: readonly IMetric[]): IWidget {
  return new GraphWidget({ title, left: [...left], right: [...right], width: 6, height: 6 });
}
