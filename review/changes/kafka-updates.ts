import { isDeepStrictEqual } from 'node:util';
import { at, numberAt } from '../../lib/guards/json-access.ts';
import { referred } from '../stage/readable.ts';
import { ofType } from '../stage/stage.ts';
import type { Resource, Stage } from '../stage/stage.ts';

/** Properties that MSK changes in one request, as dotted paths. */
interface Step {
  readonly what: string;
  readonly paths: readonly string[];
}

/**
 * The requests that change a cluster, in the order that asks least of the brokers: settings first, then room, then more
 * or larger brokers, and who may connect at the end.
 *
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/resources.html
 */
const CLUSTER_STEPS: readonly Step[] = [
  { what: 'the configuration', paths: ['ConfigurationInfo'] },
  { what: 'monitoring and logs', paths: ['EnhancedMonitoring', 'OpenMonitoring', 'LoggingInfo'] },
  { what: 'the storage', paths: ['BrokerNodeGroupInfo.StorageInfo', 'StorageMode'] },
  { what: 'the Kafka version', paths: ['KafkaVersion'] },
  { what: 'the instance type', paths: ['BrokerNodeGroupInfo.InstanceType'] },
  { what: 'the number of brokers', paths: ['NumberOfBrokerNodes'] },
  {
    what: 'authentication',
    paths: ['ClientAuthentication', 'EncryptionInfo.EncryptionInTransit.ClientBroker'],
  },
  { what: 'connectivity', paths: ['BrokerNodeGroupInfo.ConnectivityInfo'] },
];

/** UpdateTopic: https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-topic.html */
const TOPIC_STEPS: readonly Step[] = [
  { what: 'Configs', paths: ['Configs'] },
  { what: 'PartitionCount', paths: ['PartitionCount'] },
];

const VOLUME_SIZE = ['BrokerNodeGroupInfo', 'StorageInfo', 'EBSStorageInfo', 'VolumeSize'];

/** Lists the updates of clusters and topics that MSK would refuse, each with an alternative. */
export function refusedUpdates(before: Stage, after: Stage): readonly string[] {
  const clusters = pairs('AWS::MSK::Cluster', before, after);
  return [
    ...clusters.flatMap(([old, cluster]) =>
      severalSteps(cluster, clusterChanges({ before, after, old, cluster })),
    ),
    ...clusters.flatMap(([old, cluster]) => lessStorage(old, cluster)),
    ...pairs('AWS::MSK::Topic', before, after).flatMap(([old, topic]) =>
      severalSteps(topic, changedSteps(TOPIC_STEPS, old, topic)),
    ),
  ];
}

function pairs(type: string, before: Stage, after: Stage): readonly (readonly [Resource, Resource])[] {
  return ofType(after, type).flatMap((resource) => {
    const old = ofType(before, type).find(
      ({ stackName, logicalId }) => stackName === resource.stackName && logicalId === resource.logicalId,
    );
    return old === undefined ? [] : [[old, resource] as const];
  });
}

interface ClusterUpdate {
  readonly before: Stage;
  readonly after: Stage;
  readonly old: Resource;
  readonly cluster: Resource;
}

/** Detects new server properties: they create a new revision of the configuration, which the cluster must then use. */
function clusterChanges({ before, after, old, cluster }: ClusterUpdate): readonly Step[] {
  const changed = changedSteps(CLUSTER_STEPS, old, cluster);
  const hasNewRevision = !isDeepStrictEqual(serverProperties(before, old), serverProperties(after, cluster));
  return CLUSTER_STEPS.filter(
    (step) => changed.includes(step) || (hasNewRevision && step.paths.includes('ConfigurationInfo')),
  );
}

function serverProperties(stage: Stage, cluster: Resource): unknown {
  const configuration = referred(stage, at(cluster.properties, 'ConfigurationInfo', 'Arn'), cluster);
  return at(configuration?.properties, 'ServerProperties');
}

function changedSteps(steps: readonly Step[], old: Resource, resource: Resource): readonly Step[] {
  const isChanged = (path: string): boolean =>
    !isDeepStrictEqual(at(old.properties, ...path.split('.')), at(resource.properties, ...path.split('.')));
  return steps.filter(({ paths }) => paths.some(isChanged));
}

/** "You can't update multiple attributes of the cluster in same request": https://github.com/aws/aws-cdk/issues/16765 */
function severalSteps({ name }: Resource, steps: readonly Step[]): readonly string[] {
  if (steps.length < 2) return [];
  const deployments = steps.map(({ what }, index) => `${index + 1}. ${what}`).join(', ');
  return [
    `${name} changes in ${steps.length} ways, but MSK accepts one change at a time. Deploy one after the other: ${deployments}.`,
  ];
}

/** MSK grows storage only: https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-storage.html */
function lessStorage(old: Resource, { name, properties }: Resource): readonly string[] {
  const [had, has] = [old.properties, properties].map((each) => numberAt(each, ...VOLUME_SIZE));
  if (had === undefined || has === undefined || has >= had) return [];
  return [
    `${name} goes from ${had} to ${has} GiB a broker, and MSK never shrinks storage. Leave at least ${had}.`,
  ];
}
