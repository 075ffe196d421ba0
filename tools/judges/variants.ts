import { dev } from '../../lib/config/dev.ts';
import { mskQuotas } from '../../lib/config/msk-quotas.ts';
import { prod } from '../../lib/config/prod.ts';
import type { ClusterConfig, ProvisionedClusterConfig, StageConfig } from '../../lib/config/stage-config.ts';

/** A possible configuration of a stage. */
export interface Variant {
  /** A name that is valid as a file name. */
  readonly name: string;
  readonly config: StageConfig;
}

type BrokerType = ProvisionedClusterConfig['brokers']['type'];

const brokerTypes: readonly BrokerType[] = ['standard', 'express'];

/** One, some and the maximum number of brokers in a zone. */
const brokersPerZone = [1, 2, mskQuotas.brokersInCluster / 3];

/** Both stages, with own clusters of all sizes and on existing ones, with both types of brokers. */
const withCluster: readonly Variant[] = [dev, prod].flatMap((config) =>
  brokerTypes.flatMap((type) => variantsWith(type, config)),
);

/** Existing clusters with an existing topic. */
const withTopic: readonly Variant[] = [dev, prod].map((config) => ({
  name: `${config.stage}-existing-topic`,
  config: { ...config, cluster: { ...existingCluster('standard'), prefix: 'shared.', topic: 'orders' } },
}));

export const variants: readonly Variant[] = [...withCluster, ...withTopic];

function variantsWith(type: BrokerType, config: StageConfig): readonly Variant[] {
  const variant = (name: string, cluster: ClusterConfig): Variant => ({
    name: `${config.stage}-${type}-${name}`,
    config: { ...config, cluster },
  });
  return [
    ...brokersPerZone.map((brokers) =>
      variant(`${brokers}-per-zone`, ownCluster(config.cluster, type, brokers)),
    ),
    variant('existing', existingCluster(type)),
  ];
}

function ownCluster(cluster: ClusterConfig, type: BrokerType, brokers: number): ClusterConfig {
  if (cluster.kind !== 'provisioned')
    throw new Error(`The stages have clusters of their own, not ${cluster.kind} ones.`);
  return {
    ...cluster,
    brokersPerZone: brokers,
    ...(type === 'express'
      ? { brokers: { type, instanceType: 'express.m7g.large', storageAlarmGibibytes: 1_000 } }
      : {}),
  };
}

function existingCluster(brokerType: BrokerType): ClusterConfig & { readonly kind: 'existing' } {
  return {
    kind: 'existing',
    clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    securityGroupId: 'sg-0123456789abcdef0',
    brokerType,
    prefix: '',
    topic: undefined,
    replicationFactor: undefined,
  };
}
