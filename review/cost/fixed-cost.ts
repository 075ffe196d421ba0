import { at, listAt, numberAt, textAt } from '../../lib/guards/json-access.ts';
import { ofType } from '../stage/stage.ts';
import type { Resource, Stage } from '../stage/stage.ts';
import { costLine, HOURS_PER_MONTH } from './cost-line.ts';
import type { CostLine } from './cost-line.ts';
import { pollerCost } from './poller-cost.ts';
import { isPriced } from './prices.ts';
import { metricsPerSource } from './workload.ts';

type Rule = (resources: readonly Resource[], stage: Stage) => readonly CostLine[];

/** The monthly cost before the first order, by type, for all resources of the type together. */
const fixedCostRules: Readonly<Record<string, Rule>> = {
  'AWS::MSK::Cluster': (clusters, stage) => clusters.flatMap((cluster) => clusterCost(cluster, stage)),
  'AWS::Lambda::EventSourceMapping': (mappings) => [
    ...pollerCost(mappings),
    costLine({
      what: 'Metrics of event source mappings',
      formula: `${mappings.length} mappings × ${metricsPerSource.mapping} metrics`,
      quantity: mappings.length * metricsPerSource.mapping,
      billed: 'metric',
    }),
    costLine({
      what: 'Metrics of consumers',
      formula: `${mappings.length} consumers × ${metricsPerSource.consumerFunction} metrics`,
      quantity: mappings.length * metricsPerSource.consumerFunction,
      billed: 'metric',
    }),
    costLine({
      what: 'Metrics of the sampler',
      formula: `${mappings.length} groups × ${metricsPerSource.sampledGroup} metrics, and its sign of life`,
      quantity: mappings.length * metricsPerSource.sampledGroup + 1,
      billed: 'metric',
    }),
  ],
  'AWS::EC2::VPCEndpoint': (endpoints) => {
    // Gateway endpoints are in no subnet, and free of charge.
    const zones = endpoints.flatMap(({ properties }) => listAt(properties, 'SubnetIds')).length;
    return [hours('Interface endpoints', `${zones} endpoints in a zone`, zones, 'interfaceEndpoint')];
  },
  'AWS::EC2::NatGateway': (gateways) => [
    hours('NAT gateways', `${gateways.length} gateways`, gateways.length, 'natGateway'),
  ],
  'AWS::KMS::Key': (keys) => [each('Encryption keys', 'keys', keys.length, 'key')],
  'AWS::CloudWatch::Alarm': (alarms) => [
    each(
      'Alarms',
      'metrics that they read',
      alarms.map(metricsInAlarm).reduce((sum, metrics) => sum + metrics, 0),
      'alarmMetric',
    ),
  ],
  'AWS::CloudWatch::CompositeAlarm': (alarms) => [
    each('Composite alarms', 'alarms', alarms.length, 'compositeAlarm'),
  ],
  'AWS::CloudWatch::Dashboard': (dashboards) => [
    each('Dashboards', 'dashboards', dashboards.length, 'dashboard'),
  ],
};

/** Types without a fixed cost: they are free, or charged by use, which the cost per order includes. */
const typesWithoutFixedCost: readonly string[] = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::DynamoDB::Table',
  'AWS::EC2::FlowLog',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  // Events of AWS services and scheduled rules are free of charge.
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::MSK::Configuration',
  'AWS::MSK::Topic',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'Custom::VpcRestrictDefaultSG',
];

/**
 * Calculates the monthly cost of a stage before the first order.
 *
 * @throws Error when a broker's instance type has no price.
 */
export function fixedCost(stage: Stage): readonly CostLine[] {
  return Object.entries(fixedCostRules).flatMap(([type, rule]) => {
    const resources = ofType(stage, type);
    return resources.length === 0 ? [] : rule(resources, stage);
  });
}

/** Lists resources whose types have no price and are not marked as free. */
export function unknownToCost(stage: Stage): readonly Resource[] {
  const known = new Set([...Object.keys(fixedCostRules), ...typesWithoutFixedCost]);
  return stage.resources.filter(({ type }) => !known.has(type));
}

function clusterCost({ properties }: Resource, stage: Stage): readonly CostLine[] {
  const instanceType = textAt(properties, 'BrokerNodeGroupInfo', 'InstanceType') ?? 'of no type';
  const brokers = numberAt(properties, 'NumberOfBrokerNodes') ?? 0;
  if (!isPriced(instanceType)) {
    throw new Error(
      `Brokers ${instanceType} have no price; add it, with its basis, to review/cost/prices.ts.`,
    );
  }
  const path = ['BrokerNodeGroupInfo', 'StorageInfo', 'EBSStorageInfo', 'VolumeSize'];
  const gigabytes = numberAt(properties, ...path) ?? 0;
  return [
    hours(`Brokers ${instanceType}`, `${brokers} brokers`, brokers, instanceType),
    ...(gigabytes === 0
      ? []
      : [
          costLine({
            what: 'Broker storage',
            formula: `${brokers} brokers × ${gigabytes} GB`,
            quantity: brokers * gigabytes,
            billed: 'brokerStorage',
          }),
        ]),
    ...clusterMetrics(properties, stage, brokers),
  ];
}

/** What each level adds: https://docs.aws.amazon.com/msk/latest/developerguide/monitoring.html */
function clusterMetrics(properties: unknown, stage: Stage, brokers: number): readonly CostLine[] {
  const level = textAt(properties, 'EnhancedMonitoring') ?? 'DEFAULT';
  if (level === 'DEFAULT') return [];
  const topics = ofType(stage, 'AWS::MSK::Topic');
  const partitions = topics.reduce(
    (sum, topic) => sum + (numberAt(topic.properties, 'PartitionCount') ?? 0),
    0,
  );
  const groups = ofType(stage, 'AWS::Lambda::EventSourceMapping').length;
  const { broker: perBroker, brokerPerTopic, partitionPerGroup } = metricsPerSource;
  const perTopic = level === 'PER_BROKER' ? 0 : brokers * topics.length * brokerPerTopic;
  const perPartition = level === 'PER_TOPIC_PER_PARTITION' ? partitions * groups * partitionPerGroup : 0;
  return [
    costLine({
      what: `Cluster metrics at ${level}`,
      formula: `${brokers} brokers × ${perBroker}, ${perTopic} by topic, ${perPartition} by partition`,
      quantity: brokers * perBroker + perTopic + perPartition,
      billed: 'metric',
    }),
  ];
}

/** An alarm on metric math is charged by the metrics that it reads. */
function metricsInAlarm({ properties }: Resource): number {
  const metrics = listAt(properties, 'Metrics');
  if (metrics.length === 0) return 1;
  return metrics.filter((metric) => at(metric, 'MetricStat') !== undefined).length;
}

function each(what: string, unit: string, quantity: number, billed: CostLine['billed']): CostLine {
  return costLine({ what, formula: `${unit}: ${quantity}`, quantity, billed });
}

function hours(what: string, formula: string, units: number, billed: CostLine['billed']): CostLine {
  return costLine({
    what,
    formula: `${formula} × ${HOURS_PER_MONTH} h`,
    quantity: units * HOURS_PER_MONTH,
    billed,
  });
}
