import { RemovalPolicies, Validations } from 'aws-cdk-lib/core';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { ProvisionedClusterConfig, StageConfig, StandardBrokers } from '../config/stage-config.ts';
import type { TopicSpec } from '../topology/topology-types.ts';
import { brokerProperties } from './kafka-properties.ts';
import { BrokerStorageScaling } from './broker-storage-scaling.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { IsolatedNetwork } from './isolated-network.ts';
import { keptOnceCreated } from './kept-once-created.ts';
import { IAM_LISTENER_PORT } from './kafka-cluster.ts';
import type { ClientNetwork, KafkaCluster } from './kafka-cluster.ts';
import { ServiceEndpoints } from './service-endpoints.ts';

export interface ProvisionedClusterProps {
  readonly clusterName: string;
  readonly config: ProvisionedClusterConfig;
  readonly zones: readonly string[];
  /** The topic for which the brokers are configured. */
  readonly topic: TopicSpec;
  readonly encryptionKey: IKey;
  readonly logRetentionDays: StageConfig['logRetentionDays'];
}

/** An MSK cluster in its own network: KRaft, IAM and TLS only, reachable only from itself and its named clients. */
export class ProvisionedCluster extends Construct implements KafkaCluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly network: ClientNetwork;
  readonly #brokerSecurityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: ProvisionedClusterProps) {
    super(scope, id);
    const { vpc } = new IsolatedNetwork(this, 'Network', {
      cidr: props.config.networkCidr,
      zones: props.zones,
      encryptionKey: props.encryptionKey,
      logRetentionDays: props.logRetentionDays,
    });
    const securityGroup = (name: string, description: string): SecurityGroup =>
      new SecurityGroup(this, name, { vpc, description, allowAllOutbound: false });
    const clients = securityGroup('ClientSecurityGroup', 'Functions that speak Kafka themselves');
    const endpoints = securityGroup('EndpointSecurityGroup', 'AWS services inside the network');
    this.#brokerSecurityGroup = securityGroup('BrokerSecurityGroup', 'Brokers and event pollers');
    connect(this.#brokerSecurityGroup, clients, endpoints);
    keepWithBrokers(vpc, this.#brokerSecurityGroup);

    this.network = { vpc, subnets: vpc.isolatedSubnets, clientSecurityGroup: clients };
    this.clusterName = props.clusterName;
    this.clusterArn = this.#createCluster(props).attrArn;
    new ServiceEndpoints(this, 'Endpoints', {
      vpc,
      subnets: vpc.isolatedSubnets,
      securityGroup: endpoints,
      clusterArn: this.clusterArn,
    });
  }

  #createCluster(props: ProvisionedClusterProps): CfnCluster {
    const { config, encryptionKey } = props;
    const configuration = new CfnConfiguration(this, 'Configuration', {
      name: props.clusterName,
      description:
        'Broker defaults: no topic appears by itself, and no acknowledged record is lost with one broker',
      serverProperties: brokerProperties(config.brokers, props.topic),
    });
    const cluster = new CfnCluster(this, 'Resource', {
      clusterName: props.clusterName,
      kafkaVersion: config.kafkaVersion,
      numberOfBrokerNodes: config.brokersPerZone * props.zones.length,
      configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
      brokerNodeGroupInfo: {
        instanceType: config.brokers.instanceType,
        clientSubnets: this.network.subnets.map(({ subnetId }) => subnetId),
        securityGroups: [this.#brokerSecurityGroup.securityGroupId],
        connectivityInfo: { publicAccess: { type: 'DISABLED' } },
        ...(config.brokers.type === 'standard' ? { storageInfo: storageOf(config.brokers) } : {}),
      },
      clientAuthentication: {
        sasl: { iam: { enabled: true }, scram: { enabled: false } },
        tls: { enabled: false },
        unauthenticated: { enabled: false },
      },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: encryptionKey.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      enhancedMonitoring: config.monitoring,
      // Express brokers take no logging settings.
      ...(config.brokers.type === 'standard' ? { loggingInfo: this.#brokerLogs(props) } : {}),
    });
    for (const kept of [cluster, configuration]) kept.applyRemovalPolicy(keptOnceCreated);
    if (config.brokers.type === 'express') acknowledgeNoLogs(cluster);
    if (config.brokers.type === 'standard') {
      new BrokerStorageScaling(this, 'StorageScaling', {
        clusterArn: cluster.attrArn,
        ceilingGibibytes: config.brokers.storageCeilingGibibytes,
      });
    }
    return cluster;
  }

  #brokerLogs(props: ProvisionedClusterProps): CfnCluster.LoggingInfoProperty {
    const logGroup = new EncryptedLogGroup(this, 'BrokerLogs', {
      encryptionKey: props.encryptionKey,
      retentionDays: props.logRetentionDays,
    });
    return { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName } } };
  }
}

/**
 * Defines the allowed connections. The pollers of an event source mapping use the brokers' own security group, so
 * that group must admit itself and reach the endpoints.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
 */
function connect(brokers: SecurityGroup, clients: SecurityGroup, endpoints: SecurityGroup): void {
  const kafka = Port.tcp(IAM_LISTENER_PORT);
  brokers.connections.allowInternally(kafka, 'Event pollers to brokers');
  brokers.connections.allowFrom(clients, kafka, 'Clients to brokers');
  brokers.connections.allowTo(endpoints, Port.HTTPS, 'Event pollers to AWS services');
  endpoints.connections.allowFrom(clients, Port.HTTPS, 'Clients to AWS services');
  // DynamoDB's gateway endpoint is a route to its public addresses; nothing else is routed out of the network.
  clients.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, 'Clients to AWS services');
}

/**
 * Keeps the network of the brokers, which outlive the stack: AWS would refuse to delete it, and the stack's deletion
 * would fail.
 */
function keepWithBrokers(vpc: Vpc, brokers: SecurityGroup): void {
  RemovalPolicies.of(vpc).apply(keptOnceCreated);
  brokers.applyRemovalPolicy(keptOnceCreated);
}

function acknowledgeNoLogs(cluster: CfnCluster): void {
  Validations.of(cluster).acknowledge({
    id: 'AwsSolutions::AwsSolutions-MSK6',
    reason: 'Express brokers take no logging settings; AWS runs them, and their metrics are watched.',
  });
}

function storageOf(brokers: StandardBrokers): CfnCluster.StorageInfoProperty {
  return { ebsStorageInfo: { volumeSize: brokers.storageGibibytes } };
}
