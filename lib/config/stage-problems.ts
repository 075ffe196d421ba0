import type { Topology } from '../topology/topology-types.ts';
import { confinedTo } from './examples.ts';
import { mskQuotas } from './msk-quotas.ts';
import { regions } from './regions.ts';
import type {
  ExistingClusterConfig,
  ProvisionedClusterConfig,
  StageConfig,
  StandardBrokers,
} from './stage-config.ts';
import { zoneProblems } from './zones.ts';
import { outside } from '../topology/outside-range.ts';

/**
 * Lists the problems that prevent a stage's deployment, one sentence each; empty when AWS would be asked.
 *
 * @param topology as it is placed on the stage's cluster
 */
export function stageProblems(config: StageConfig, topology: Topology): readonly string[] {
  const { cluster } = config;
  return [
    ...regionProblems(config.region),
    ...zoneProblems(config.zones, config.region),
    ...accountProblems(config),
    ...(cluster.kind === 'provisioned'
      ? provisionedProblems(cluster, config.zones.length)
      : replicaProblems(cluster, topology)),
  ];
}

function regionProblems(region: string): readonly string[] {
  return Object.hasOwn(regions, region)
    ? []
    : [
        `region is "${region}"; stages may name ${Object.keys(regions).join(', ')}. ` +
          'Add another to lib/config/regions.ts, and let the judges see it.',
      ];
}

function accountProblems(config: StageConfig): readonly string[] {
  const account = confinedTo(config);
  const { cluster } = config;
  if (account === undefined) return [];
  if (!/^\d{12}$/.test(account))
    return [`account is "${account}"; it must be the 12 digits of an AWS account.`];
  if (cluster.kind === 'provisioned') return [];
  const owner = cluster.clusterArn.split(':')[4];
  return owner === account
    ? []
    : [
        `existingCluster.clusterArn is of account ${owner}, but the stage is of ${account}: an event source mapping ` +
          'of this stage reads a cluster of its own account.',
      ];
}

function provisionedProblems(cluster: ProvisionedClusterConfig, zones: number): readonly string[] {
  const most = Math.floor(mskQuotas.brokersInCluster / zones);
  return [
    ...outside('cluster.brokersPerZone', cluster.brokersPerZone, { minimum: 1, maximum: most }),
    ...(cluster.brokers.type === 'standard' ? storageProblems(cluster.brokers) : []),
  ];
}

function storageProblems({ storageGibibytes, storageCeilingGibibytes }: StandardBrokers): readonly string[] {
  const { minimum, maximum } = mskQuotas.brokerGibibytes;
  return [
    ...outside('cluster.brokers.storageGibibytes', storageGibibytes, { minimum, maximum }),
    ...outside('cluster.brokers.storageCeilingGibibytes', storageCeilingGibibytes, {
      minimum: storageGibibytes,
      maximum,
    }),
  ];
}

/**
 * Checks the replicas against the zones: a lost zone must cost one replica, not two. Express brokers always keep
 * three.
 */
function replicaProblems(cluster: ExistingClusterConfig, { topic }: Topology): readonly string[] {
  if (cluster.topic !== undefined) return [];
  const zones = cluster.subnetIds.length;
  if (cluster.brokerType === 'express' && topic.replicationFactor !== 3)
    return [
      `existingCluster.replicationFactor is ${topic.replicationFactor}; Express brokers keep 3 replicas. Leave it out.`,
    ];
  if (topic.replicationFactor >= 2 && topic.replicationFactor <= zones) return [];
  return [
    `The topic has ${topic.replicationFactor} replicas, but existingCluster.subnetIds names ${zones} zones. ` +
      `Set existingCluster.replicationFactor from 2 to ${zones}, or name all subnets of the brokers.`,
  ];
}
